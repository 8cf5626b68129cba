"""What all packages use: days, texts, files, languages, addresses of pages and of mails."""
