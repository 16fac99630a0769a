import type { GuideChapter } from '#app/guide/guide.ts'
import { LinkButton, PrintButton } from '#views/ui/button.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

export const GuidePage = ({ chapters }: { chapters: GuideChapter[] }) => (
  <Narrow>
    <PageHead title="Panduan" lead="Cara mengerjakan tugas Anda, menurut urutannya. Bisa dicetak." actions={<PrintButton>Cetak</PrintButton>} />
    <nav aria-label="Isi panduan"><ul>{chapters.map(({ code, title }) => <li><a href={`#${code}`}>{title}</a></li>)}</ul></nav>
    {chapters.map(({ code, title, href, label, steps }) => (
      <Card id={code} title={title} actions={<LinkButton small href={href}>{`Buka ${label}`}</LinkButton>}>
        <ol class="numbered">{steps.map((step) => <li>{step}</li>)}</ol>
      </Card>
    ))}
  </Narrow>
)
