"""Says which names that a gunicorn.conf.py sets are neither settings of gunicorn nor used by the file itself."""

import ast
import sys

from gunicorn.config import make_settings

with open(sys.argv[1], encoding="utf-8") as file:
    tree = ast.parse(file.read())
used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
names = []
for statement in tree.body:
    if isinstance(statement, ast.FunctionDef):
        names.append(statement.name)
    elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names += [target.id for target in targets if isinstance(target, ast.Name)]
unknown = [name for name in names if name not in make_settings() and name not in used and not name.startswith("_")]
for name in unknown:
    print(f"gunicorn has no setting {name}", file=sys.stderr)
sys.exit(1 if unknown else 0)
