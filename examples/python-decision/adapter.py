from resolver import os_user_for


def factory():
    return lambda q: os_user_for(
        q["run_as_enabled"], q["default_user"], {q["tag_key"]: q["tag"]}, q["platform"], q["os_users"]
    )
