from tests.public_rows import carried_out, publish, sides, whole

__all__ = ["carried_out", "publish", "sides", "whole"]
