import type { Found, Group } from '#app/finder/finder.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatNumber } from '#views/ui/format.ts'
import { PageHead } from '#views/ui/page.tsx'

type Props = { q: string, groups: Group[] }

const TITLES: Record<Group['kind'], string> = { commands: 'Halaman dan perintah', households: 'Rumah tangga', members: 'Anggota rumah tangga', officers: 'Petugas', villages: 'Wilayah' }

export const FinderPage = (props: Props) => (
  <div class="stack">
    <PageHead title="Cari" />
    <FinderBox {...props} />
  </div>
)

// The box with what it found. Results are plain links: arrow keys move the focus among them, Enter opens one.
export const FinderBox = (props: Props) => (
  <div class="finder" data-finder>
    <form action="/finder" method="get" role="search" aria-label="Cari di semua bagian">
      <label for="cari">Nama, NIK, No. KK, petugas, desa, atau halaman</label>
      <input type="search" id="cari" name="q" value={props.q} maxlength={100} autocomplete="off" spellcheck={false} aria-describedby="cari-jumlah"
        hx-get="/finder" hx-trigger="input changed delay:150ms, search" hx-target="#temuan" hx-swap="outerHTML" hx-sync="this:replace" />
      <button class="button secondary">Cari</button>
    </form>
    <p class="hint" id="cari-jumlah" role="status">{countWords(props)}</p>
    <Results {...props} />
    <p class="hint finder-keys">↑ ↓ memilih · Enter membuka · Esc menutup · ? semua pintasan</p>
  </div>
)

// What comes while one types: the results, and beside them the one line that is read aloud.
export const FinderResults = (props: Props) => (
  <>
    <Results {...props} />
    <p class="hint" id="cari-jumlah" role="status" hx-swap-oob="innerHTML">{countWords(props)}</p>
  </>
)

function countWords({ q, groups }: Props) {
  const total = groups.reduce((sum, { found }) => sum + found.length, 0)
  if (!q) return 'Ketik sedikitnya dua huruf, atau pilih halaman.'
  return total === 0 ? `Tidak ada yang cocok dengan "${q}". Periksa ejaan; NIK dan No. KK harus 16 angka.` : `${formatNumber(total)} temuan untuk "${q}".`
}

const Results = ({ q, groups }: Props) => (
  <div id="temuan" data-q={q}>
    {groups.map(({ kind, found, moreHref }) => (
      <section aria-labelledby={`temuan-${kind}`}>
        <h2 id={`temuan-${kind}`}>{TITLES[kind]}</h2>
        <ul>
          {found.map((one) => <li><Result found={one} /></li>)}
          {moreHref && <li><a class="found" href={moreHref}><span>Tampilkan semua rumah tangga yang cocok</span></a></li>}
        </ul>
      </section>
    ))}
  </div>
)

const Result = ({ found: { href, title, note, mark } }: { found: Found }) => (
  <a class="found" href={href}><span>{title} {mark && <Badge tone="bad">{mark}</Badge>}</span>{note && <small>{note}</small>}</a>
)
