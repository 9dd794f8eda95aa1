"""When do inquiries come, how many, how sure are we?

Codes and numbers only: the Japanese words for them live in ``planner.wording``.
"""

import os

# Threads of the linear-algebra library cost more than they bring on fits of this size (10x), and make
# the last digits depend on the machine. Must be set before numpy is first imported.
os.environ.setdefault("OMP_NUM_THREADS", "1")
