"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

The last line of each docstring names the known mistake whose hint it must get, or `none` where no
known mistake is the same misconception.
"""
