/** A share of a whole as a bar; the number stands beside it. */

export function Bar({ share }: { share: number }) {
  return (
    <svg class="load-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="load-ground" width="100" height="6" />
      <rect class="load-share" width={100 * share} height="6" />
    </svg>
  )
}
