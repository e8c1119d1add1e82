"""Commands of the site: `tillit manage NAME`."""
