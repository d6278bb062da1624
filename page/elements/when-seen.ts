/** What is nearer to the window than this, in pixels, is as good as seen. */
const AHEAD_PX = 600

/** Tells with an event `seen` that one has scrolled to what is in it, each time that happens. */
class WhenSeen extends HTMLElement {
  #observer: IntersectionObserver | undefined

  connectedCallback(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        this.dispatchEvent(new Event('seen'))
        // If it is in sight still once there is more, that is to be told as well.
        requestAnimationFrame(() => {
          this.#observer?.unobserve(this)
          this.#observer?.observe(this)
        })
      },
      { rootMargin: `${AHEAD_PX}px` },
    )
    this.#observer.observe(this)
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect()
  }
}

customElements.define('when-seen', WhenSeen)
