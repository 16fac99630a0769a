import type { Child, Extra } from '#views/ui/types.ts'
import { Button, LinkButton } from '#views/ui/button.tsx'

type FormProps = Extra & {
  action: string
  method?: 'get' | 'post'
  upload?: boolean
  guard?: boolean
  id?: string
  novalidate?: boolean
  children?: Child
}

// novalidate by default: the server's messages name the field in Indonesian, the browser's bubble may not.
export const Form = ({ action, method = 'post', upload, guard = true, novalidate = true, children, ...rest }: FormProps) => (
  <form {...rest} action={action} method={method} class="form" hx-boost="false" novalidate={novalidate}
    enctype={upload ? 'multipart/form-data' : undefined} data-guard={guard && method === 'post' ? 'dirty' : undefined}>
    {children}
  </form>
)

// novalidate: "Semua" is an answer here, though its value is empty.
type FilterProps = { action: string, clearHref?: string, label?: string, children?: Child }

export const Filters = ({ action, clearHref, label = 'Saring daftar', children }: FilterProps) => (
  <form action={action} method="get" class="filters" hx-boost="false" role="search" aria-label={label} novalidate>
    {children}
    <div class="filter-buttons">
      <Button tone="secondary">Terapkan</Button>
      {clearHref && <LinkButton href={clearHref} tone="quiet">Hapus saringan</LinkButton>}
    </div>
  </form>
)
