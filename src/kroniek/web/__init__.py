"""The workbench: a chronicle file read, checked and corrected in the browser.

`app.create_app` makes the application; `kroniek serve` runs it. The parts:

- `app`: the application, its list of routers, and how errors become pages.
- `workbench`: what all pages share: the open file, the templates, the settings.
- `page`: what one request knows: language, session, links; `Page.show` makes the answer.
- `guard`, `session`, `forms`: what protects a person who has a hostile page open in another tab.
- `messages`: the words of the interface, in `messages/*.toml`; codes are in `publish/labels`.
- `pages/`: one module per page; `api/`: the same records for programs.

To add a page
    1. Write `pages/NAME.py` with `router = APIRouter()` and a plain `def` (it runs in a thread; use
       `async def` only for what never waits for the file):

           @router.get("/names")
           def names(page: Open) -> Response:
               with page.bench.reading() as connection:
                   rows = ...
               return page.show("names.html", rows=rows)

    2. Write `templates/names.html`, which begins with `{% extends "base.html" %}` and fills the blocks
       `title` and `main`. Everything is escaped; never use `|safe`. No `style=`, no `on...=`, no inline
       script: the policy of the page forbids them. Own rules go into `static/`.
    3. Add the router to `ROUTERS` in `app.py`, and to `NAVIGATION` in `page.py` if it belongs in the menu.
    4. Add its words to `messages/nl.toml` and `messages/en.toml`: `{{ t(KEY) }}`.
    5. Add its path to `tests/web/paths.py`: the tests of access, width, speed and hostile input take
       all paths from there.

To add a form
    1. In the template: `<form method="post" action="/names">{{ csrf() }} ... </form>`. A request by htmx
       inside the page carries the token by itself (`hx-headers` on `<body>`).
    2. In the page:

           @router.post("/names")
           def add_name(page: Open, form: Form) -> Response:
               name = form.text("name", longest=200)
               ...
               return page.to("/names")        # see other: reloading does not send the form again

       Every request that is not GET or HEAD is refused without the token and the right origin, whether
       its page asks for `Form` or not.
    3. `page.coder` is the name under which this browser's judgements are stamped, "" when none was given:
       `return page.to("/coder", next="/names")` asks for it.
"""
