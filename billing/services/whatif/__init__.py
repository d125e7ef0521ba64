"""Claims judged twice, by the releases that judged them and by newer ones: what would now be stopped, or denied."""
