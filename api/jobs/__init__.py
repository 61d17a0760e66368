"""Long additions: accepted on disk, worked off one after the other, and taken up again after a restart."""

from api.jobs.spool import Spool
from api.jobs.worker import Jobs

__all__ = ["Jobs", "Spool"]
