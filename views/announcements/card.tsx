import type { Unread } from '#app/announcements/announcements.ts'
import { PostButton } from '#views/ui/button.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, Stack } from '#views/ui/page.tsx'

// Lines as they were typed.
export const Words = ({ text }: { text: string }) => <>{text.split(/\r?\n/).map((line, i) => <>{i > 0 && <br />}{line}</>)}</>

// On the first page: what was said to this reader and is still to be read.
export const Announcements = ({ rows, more, any }: Unread) => rows.length === 0
  ? any ? <p><a href="/announcements">Pengumuman sebelumnya</a></p> : null
  : (
    <Card title="Pengumuman" tone="info" actions={<a href="/announcements">{more ? 'Masih ada lagi: lihat semua' : 'Semua pengumuman'}</a>}>
      <Stack>
        {rows.map(({ id, title, text, untilOn, writtenAt, by }) => (
          <article aria-label={title}>
            <h3>{title}</h3>
            <p><Words text={text} /></p>
            <p class="hint">{`${by ?? 'Sistem'}, ${formatDate(writtenAt)}. Ditampilkan sampai ${formatDate(untilOn)}.`}</p>
            <PostButton action={`/announcements/${id}/reading`} tone="secondary" small aria-label={`Sudah dibaca: ${title}`}>Sudah dibaca</PostButton>
          </article>
        ))}
      </Stack>
    </Card>
  )
