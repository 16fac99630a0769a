import type { Child } from '#views/ui/types.ts'

export const PhotoGrid = ({ children }: { children?: Child }) => <div class="photo-grid">{children}</div>

// viewerTitle: what to read beside the open picture, if more than its name.
type PhotoProps = { src: string, alt: string, thumb?: string, caption?: Child, facts?: Child, shortcut?: string, viewerTitle?: string }

// The link opens the whole picture; zoom.js turns it into a viewer with pan and zoom.
export const Photo = ({ src, alt, thumb = src, caption, facts, shortcut, viewerTitle = alt }: PhotoProps) => (
  <figure class="photo">
    <a href={src} data-zoom={viewerTitle} data-key={shortcut} aria-keyshortcuts={shortcut}><img src={thumb} alt={alt} loading="lazy" decoding="async" width="320" height="240" /></a>
    {(caption || facts) && <figcaption>{caption} {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>} {facts && <small>{facts}</small>}</figcaption>}
  </figure>
)
