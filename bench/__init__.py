"""Speed beside other engines, as ratios measured in one run: `./tillit bench`."""
