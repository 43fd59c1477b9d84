/** This window's connection to the database: opened when it is needed, given up when another window wants it. */
import { type Database, deleteDatabase, openDatabase } from "./database"
import { renewDigests } from "./digests"
import { type Reading, reading, type Writing, writing } from "./transaction"
import { failureOf, overtaken } from "./trouble"

export class Connection {
  readonly #lost: () => void
  #opening: Promise<Database> | undefined
  /** Why it is not opened again. */
  #end: Error | undefined

  /** @param lost is called when a newer version in another window has taken over: every request is refused from then on */
  constructor(lost: () => void) {
    this.#lost = lost
  }

  /** @throws DataError */
  open(): Promise<Database> {
    if (this.#end) return Promise.reject(this.#end)
    if (!this.#opening) {
      const opening = this.#open()
      this.#opening = opening
      opening.catch(() => this.#forget(opening))
    }
    return this.#opening
  }

  read<Result>(work: (transaction: Reading) => Promise<Result>): Promise<Result> {
    return this.#use((database) => reading(database, work))
  }

  write<Result>(outcome: string, work: (transaction: Writing) => Promise<Result>): Promise<Result> {
    return this.#use((database) => writing(database, outcome, work))
  }

  /** With all that is in it. What is asked for afterwards opens an empty one. @throws DataError */
  async delete(): Promise<void> {
    if (this.#end) throw this.#end
    await this.#leave()
    await deleteDatabase()
  }

  close(): void {
    this.#end ??= new Error("data: closed")
    void this.#leave()
  }

  async #open(): Promise<Database> {
    const database = await openDatabase({
      wanted: (isNewer) => {
        database.close()
        if (isNewer) {
          this.#end ??= overtaken()
          this.#lost()
        }
        this.#opening = undefined
      },
      ended: () => {
        this.#opening = undefined
      },
    })
    try {
      await renewDigests(database)
    } catch (error) {
      database.close()
      throw this.#end ?? failureOf(error, "Your runs cannot be opened now.")
    }
    return database
  }

  /** @param use throws at once, rather than rejects, when the connection has ended without a word: then it is opened anew */
  async #use<Result>(use: (database: Database) => Promise<Result>): Promise<Result> {
    const opening = this.open()
    const database = await opening
    try {
      return use(database)
    } catch {
      this.#forget(opening)
      return use(await this.open())
    }
  }

  async #leave(): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    const database = await opening?.catch(() => undefined)
    database?.close()
  }

  #forget(opening: Promise<Database>): void {
    if (this.#opening === opening) this.#opening = undefined
  }
}
