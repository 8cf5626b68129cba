"""What the lists of exchanges, visits and payments show."""
