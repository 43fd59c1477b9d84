/** The JSON Schema (draft-07) of a routine's file. `npm run docs` writes it to routine.schema.json, for editors. */
import { NOT_WHEN } from "../../routines/safety"
import type { WhenToDo } from "../../routines/written-routine"
import { list, object, oneWordOf, type Schema, text, whole } from "../checked-file/schema-words"
import { STEP_SCHEMA } from "./schema-steps"

export const ROUTINE_SCHEMA_PATH = "routines/routine.schema.json"

/** The device and its profile keep an id in a byte. */
const LARGEST_ID = 255
const FIRST_YEAR = 1900
const LAST_YEAR = 2100
const WHEN: readonly WhenToDo[] = ["before", "after", "between"]

const SOURCE: Schema = object(
  "What the advice comes from",
  {
    title: text("Authors and title, or who gives the guidance"),
    year: whole("When it was published; left out of a page without a date", FIRST_YEAR, LAST_YEAR),
    link: text("https://doi.org/… of a paper, or the page's address"),
    says: text("What of it this routine rests on, in a sentence"),
  },
  ["title", "link", "says"],
)

export const ROUTINE_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "A routine",
  ...object(
    "What the wearer does before, after or between runs, step by step: for the wearer in words, for the device in numbers",
    {
      $schema: { type: "string", description: "Where this schema lies: an editor then completes and checks" },
      id: whole("By which device and phone know it; never given again to another", 1, LARGEST_ID),
      name: text("The file's name without its ending"),
      title: text("For a list: a few words"),
      when: oneWordOf("In relation to a run", WHEN),
      purpose: text("What it is for, to the wearer, in a sentence or two"),
      evidence: text("How sure it is that it does that; also what is only common practice"),
      notWhen: list(
        "Lists of safety.ts: not done when one of their items is true",
        oneWordOf("A list", Object.keys(NOT_WHEN)),
        1,
      ),
      precautions: list("What to mind in this routine, beside those lists", text("A sentence or two"), 1),
      equipment: list("What is needed beside the device", text("A thing")),
      sources: list("What the advice comes from", SOURCE, 1),
      steps: list("What the wearer does, in order", { $ref: "#/definitions/step" }, 1),
    },
    [
      "id",
      "name",
      "title",
      "when",
      "purpose",
      "evidence",
      "notWhen",
      "precautions",
      "equipment",
      "sources",
      "steps",
    ],
  ),
  definitions: { step: STEP_SCHEMA } satisfies Record<string, Schema>,
} as const
