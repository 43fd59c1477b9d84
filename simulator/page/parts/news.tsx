/** What the device did, newest first. */
import { clock } from "../../number-words"
import { usePage } from "../use-page"
import { Panel } from "./panel"
import { Scroll } from "./scroll"

export function News() {
  const news = usePage((state) => state.news)
  return (
    <Panel id="news" title="What happened">
      {news.length === 0 ? (
        <p class="note">Nothing yet: press Play.</p>
      ) : (
        <Scroll label="What happened, newest first">
          <ol class="log">
            {[...news].reverse().map(({ timeS, name, words, detail }, index) => (
              <li key={news.length - index} class={`news-${name}`}>
                <time>{clock(timeS)}</time>
                <strong>{words}</strong>
                <span>{detail}</span>
              </li>
            ))}
          </ol>
        </Scroll>
      )}
    </Panel>
  )
}
