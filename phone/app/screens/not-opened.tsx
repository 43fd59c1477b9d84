/** In place of the app, where nothing can be kept. */

export function NotOpened({ why }: { why: string }) {
  return (
    <main class="alone">
      <h1>Patella could not be opened</h1>
      <p role="alert">{why}</p>
      <button type="button" class="primary" onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  )
}
