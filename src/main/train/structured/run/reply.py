"""From a call of a type of reply to the reply itself, where the student says replies."""


def say_reply(replies, answer):
    """Where no type fits, nothing is said; where a value was not read, its name stands in brackets and the reply is
    incomplete."""
    if replies is None:
        return answer
    call = answer["output"]
    template = next((one for one in replies if call and one["name"] == call["name"]), None)
    if template is None:
        return {**answer, "output": ""}
    values, parts = call["arguments"], template["parts"]
    slots = list(dict.fromkeys(part["slot"] for part in parts if not isinstance(part, str)))
    missing = [slot for slot in slots if slot not in values]
    said = [part if isinstance(part, str) else values.get(part["slot"], f"[{part['slot']}]") for part in parts]
    return {
        **answer,
        "output": "".join(said),
        "replyType": template["name"],
        "missing": missing,
        "confidence": 0 if missing else answer["confidence"],
    }
