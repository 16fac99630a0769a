import type { Child } from '#views/ui/types.ts'

// Papers of an office: letterhead, lists and signatures on A4. On a screen they look like the sheet they will be.
export const Sheet = ({ landscape, children }: { landscape?: boolean, children?: Child }) => (
  <article class={landscape ? 'sheet landscape' : 'sheet'}>{children}</article>
)

// The page has a heading of its own, which is not printed.
export const Letterhead = ({ lines, title, number }: { lines: string[], title: string, number?: string }) => (
  <header class="letterhead">
    <div class="letterhead-lines">{lines.map((line) => <p>{line}</p>)}</div>
    <h2>{title}</h2>
    {number && <p class="letter-number">Nomor: {number}</p>}
  </header>
)

// places: the names from the desa up to the province.
export const placeLines = ({ places, name, code }: { places: string[], name: string, code: string }) =>
  [...places.slice(2).reverse(), `Kecamatan ${places[1]}`, `Desa/Kelurahan ${name} (${code})`]

// Where a letter is signed: "Bantul, 1 Desember 2026".
export const signedIn = (place: string) => place.replace(/^(Kabupaten|Kab\.|Kota) /i, '')

type Signature = { place?: string, role: string, name: string, nip?: string }

export const Signatures = ({ items }: { items: Signature[] }) => (
  <div class="signatures">
    {items.map(({ place, role, name, nip }) => (
      <div class="signature">
        <p>{place || '\u00a0'}</p>
        <p>{role}</p>
        <p class="signature-name">{name || '……………………………'}</p>
        {nip && <p>NIP {nip}</p>}
      </div>
    ))}
  </div>
)

// Rows to be filled in by hand at the musyawarah.
export const BlankLines = ({ columns, rows }: { columns: number, rows: number }) => (
  <>{Array.from({ length: rows }, () => <tr class="blank-line">{Array.from({ length: columns }, () => <td>{'\u00a0'}</td>)}</tr>)}</>
)
