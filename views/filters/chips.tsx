import type { ListFilters, SavedFilter } from '#app/filters/filters.ts'
import { ActionBar, Button, Confirm, PostButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'

// Under the filters of a list: the reader's own kept ones, and the present one to be kept.
export const SavedFilters = ({ list, href, saved, query, formKey }: ListFilters) => {
  const open = saved.find((one) => one.query === query)
  if (saved.length === 0 && !query) return null
  return (
    <div class="chips">
      {saved.length > 0 && (
        <nav aria-label="Saringan tersimpan">
          <ul>
            {saved.map((one) => <li><a class="chip" href={`${href}?${one.query}`} aria-current={one === open ? 'true' : undefined}>{one.name}</a></li>)}
          </ul>
        </nav>
      )}
      {open ? <Change saved={open} /> : query && <Keep list={list} query={query} formKey={formKey} />}
    </div>
  )
}

const Keep = ({ list, query, formKey }: { list: string, query: string, formKey: string }) => (
  <Confirm label="Simpan saringan ini" small>
    <form method="post" action="/filters" hx-post="/filters" data-guard="once">
      <HiddenField name="key" value={formKey} />
      <HiddenField name="list" value={list} />
      <HiddenField name="query" value={query} />
      <TextField name="name" id="nama-saringan" label="Nama saringan" required maxlength={60} autocomplete="off" />
      <ActionBar><Button>Simpan</Button></ActionBar>
    </form>
  </Confirm>
)

const Change = ({ saved: { id, name } }: { saved: SavedFilter }) => (
  <Confirm label={`Ubah "${name}"`} small>
    <form method="post" action={`/filters/${id}/name`} hx-post={`/filters/${id}/name`} data-guard="once">
      <TextField name="name" id="nama-saringan" label="Nama saringan" required value={name} maxlength={60} autocomplete="off" />
      <ActionBar><Button>Ganti nama</Button></ActionBar>
    </form>
    <PostButton action={`/filters/${id}/removal`} tone="danger" small>Hapus saringan ini</PostButton>
  </Confirm>
)
