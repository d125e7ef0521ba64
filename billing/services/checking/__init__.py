"""Files of claims by the million: read a part at a time, judged by several processes, gone on with when stopped."""
