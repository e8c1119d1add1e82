"""The pages: one Django app, its areas plain packages with urls, views and forms."""
