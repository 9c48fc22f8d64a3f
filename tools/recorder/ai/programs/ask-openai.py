"""Asks one chat question with OpenAI's own client, its settings at their defaults, and prints what came of it as JSON."""

import json
import sys

from openai import OpenAI

question = json.loads(sys.argv[1])
client = OpenAI(base_url=question["url"], api_key=question["key"])
messages = [{"role": "user", "content": "Two plus two?"}]
words, finish, error = "", None, None

try:
    if question["stream"]:
        for chunk in client.chat.completions.create(model=question["model"], messages=messages, stream=True):
            for choice in chunk.choices:
                words += choice.delta.content or ""
                finish = choice.finish_reason or finish
    else:
        answer = client.chat.completions.create(model=question["model"], messages=messages)
        words, finish = answer.choices[0].message.content, answer.choices[0].finish_reason
except Exception as raised:
    error = f"{type(raised).__module__.split('.')[0]}.{type(raised).__name__}: {raised}"

print(json.dumps({"words": words, "finish": finish, "error": error}))
