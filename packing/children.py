"""Run before the program, inside the package.

The programs that we start shall load their own libraries, not ours: the loader has read LD_LIBRARY_PATH when the
process began; from here on it would only mislead others, such as the file manager that shows a folder.
"""

import gc
import os

# Nothing that is loaded for the first picture is garbage; `show_first_picture` lets Python look for some again.
gc.disable()

if "LD_LIBRARY_PATH" in os.environ:
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        del os.environ["LD_LIBRARY_PATH"]
    else:
        os.environ["LD_LIBRARY_PATH"] = before
