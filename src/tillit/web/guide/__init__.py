"""The guided check: a few questions at a time, the answer growing beside them. Nothing is kept between two steps."""
