/** What is asked of the page (page.ts) from outside: values as hex. */
export interface PatellaPage {
  /** By the browser's chooser. */
  find(): Promise<string>
  connect(): Promise<void>
  disconnect(): Promise<void>
  read(uuid: string): Promise<string>
  write(uuid: string, value: string): Promise<void>
  subscribe(uuid: string): Promise<void>
  unsubscribe(uuid: string): Promise<void>
  /** All runs by the phone's own sync, in the page. */
  sync(): Promise<{ records: Record<string, string>; way: string }>
}
