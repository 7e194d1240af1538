"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

They were written without a look at the solutions. The last line of each docstring names the known
mistake whose hint it must get, or `none` where no known mistake is the same misconception.
"""
