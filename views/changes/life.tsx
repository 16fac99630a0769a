import type { Life, LifeItem } from '#app/changes/history.ts'
import { causeHref, causeLabel } from '#views/households/labels.ts'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack, Timeline } from '#views/ui/page.tsx'
import type { Child, Tone } from '#views/ui/types.ts'

type Event = LifeItem['events'][number]

// What became of a household, or of one person, newest first.
export const LifePage = ({ life: { id, headName, person, people, items }, readsBatches }: { life: Life, readsBatches: boolean }) => (
  <Stack>
    <PageHead title={person ? `Riwayat ${person.name}` : 'Riwayat hidup rumah tangga'}
      lead={person ? 'Peristiwa yang tercatat untuk orang ini di semua rumah tangga yang mengenal NIK-nya. Rumah tangga di luar wilayah Anda hanya disebut kabupatennya.'
        : 'Kelahiran, kematian, perkawinan, perpindahan, dan perubahan Nomor KK, versi demi versi. Tidak ada yang dihapus.'}
      trail={[{ href: '/households', label: 'Rumah tangga' }, { href: `/households/${id}`, label: headName }, ...(person ? [{ href: `/households/${id}/life`, label: 'Riwayat hidup' }] : [])]}
      actions={<LinkButton href={`/households/${id}/versions`}>Riwayat versi</LinkButton>} />
    {items.length === 0 ? <EmptyState title="Belum ada peristiwa">Perubahan pada data akan muncul di sini.</EmptyState> : <Timeline items={items.map((item) => momentOf(item, person !== undefined, readsBatches))} />}
    {!person && people.length > 0 && (
      <Card title="Riwayat per orang">
        <ul class="plain">{people.map(({ seq, name }) => <li><a href={`/households/${id}/life?member=${seq}`}>{`${seq}. ${name || '(tanpa nama)'}`}</a></li>)}</ul>
      </Card>
    )}
  </Stack>
)

function momentOf(item: LifeItem, ofPerson: boolean, readsBatches: boolean) {
  const { at, place, version, householdId, headName, cause, by, events, standing } = item
  const title = standing ? standingWords(standing) : version === undefined ? `Di rumah tangga lain di ${place ?? 'wilayah lain'}` : <a href={`/households/${householdId}/versions/${version}`}>Versi {version}{ofPerson && `, rumah tangga ${headName}`}</a>
  const href = causeHref(cause, readsBatches)
  return {
    at: formatDateTime(at), iso: at, title, tone: toneOf(item), by: <>{href && householdId ? <a href={href}>{causeLabel(cause)}</a> : causeLabel(cause)}{by && ` · ${by}`}</>,
    note: standing ? undefined : events.length === 0 ? 'Isian lain diperbaiki.' : <>{events.map((event) => <p>{sentence(event)}</p>)}</>,
  }
}

const toneOf = ({ events, standing }: LifeItem): Tone =>
  standing?.what === 'deactivated' || events.some(({ what }) => what === 'died') ? 'warn' : events.some(({ what }) => what === 'born' || what === 'married') ? 'good' : events.length > 0 || standing ? 'info' : 'neutral'

function standingWords({ what, from, to, reason }: NonNullable<LifeItem['standing']>): string {
  if (what === 'moved') return `Pindah desa: dari ${from ?? '–'} ke ${to ?? '–'}`
  return what === 'deactivated' ? reason ? `Dinonaktifkan: ${reason}` : 'Dinonaktifkan' : 'Diaktifkan kembali'
}

const since = (on: string | null) => on ? ` pada ${formatDate(on)}` : ''

function sentence(event: Event): Child {
  switch (event.what) {
    case 'began': return `Mulai tercatat dengan ${event.people} anggota.`
    case 'born': return `${event.name || 'Orang ini'} lahir${since(event.on)}.`
    case 'died': return `${event.name || 'Orang ini'} meninggal${since(event.on)}.`
    case 'arrived': case 'returned': return <>{event.name || 'Orang ini'} {event.what === 'returned' ? 'kembali tinggal di sini' : 'mulai tercatat tinggal di sini'}{since(event.on)}<Elsewhere event={event} word="dari" /></>
    case 'left': return <>{event.name || 'Orang ini'} pindah{since(event.on)}<Elsewhere event={event} word="ke" /></>
    case 'struck': return `${event.name} tidak lagi tercatat di sini.`
    case 'married': return `${event.name} menikah.`
    case 'widowed': return `${event.name} menjadi cerai mati.`
    case 'family_changed': return `${event.name} masuk ke keluarga ${event.family}${event.kk && `, KK ${event.kk}`}.`
    case 'card_new': return `Nomor KK keluarga ${event.family}: ${event.kk}.`
    case 'card_changed': return `Nomor KK keluarga ${event.family} berganti. No KK lama ${event.old}, No KK baru ${event.kk}.`
    case 'card_ended': return `Keluarga ${event.family} berakhir di sini. No KK lama ${event.kk}.`
    case 'head': return `Kepala rumah tangga berganti dari ${event.old || '–'} menjadi ${event.name}.`
    case 'address': return `Alamat berganti dari ${event.old || '–'} menjadi ${event.address || '–'}.`
  }
}

const Elsewhere = ({ event: { elsewhere }, word }: { event: Event, word: string }) => {
  if (!elsewhere) return <>.</>
  return elsewhere.id ? <>, {word} rumah tangga <a href={`/households/${elsewhere.id}/life`}>{elsewhere.headName}</a> di {elsewhere.place}.</> : <>, {word} rumah tangga lain di {elsewhere.place}.</>
}
