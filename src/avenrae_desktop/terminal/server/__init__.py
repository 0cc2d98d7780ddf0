"""`avenrae server ...`: one module for each word."""
