"""Personalised copies: a piece laid out once for many clients, and a file for each. Knows no list files and no command line."""
