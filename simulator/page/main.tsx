/** The page begins. */
import { render } from "preact"
import { Page } from "./page"

// In a task of its own: the modules have just been run.
setTimeout(() => render(<Page />, document.getElementById("page") as HTMLElement))
