"""What all rooms use: days, texts, files, languages, addresses of pages and of mails."""
