/** What this is, in one sentence. */
export function Header() {
  return (
    <header class="header">
      <h1>
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="8" />
          <path d="M12 5 L19 16 L12 27" />
          <circle cx="19" cy="16" r="3.2" />
        </svg>
        Patella
      </h1>
      <p>
        A sensor above a runner’s knee counts how deep it bends under load, and buzzes when it has been
        enough. Here a virtual runner wears it.
      </p>
    </header>
  )
}
