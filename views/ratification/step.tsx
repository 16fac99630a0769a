import type { Batch } from '#app/ratification/batches.ts'
import type { BatchStep } from '#app/ratification/steps.ts'
import { STEPS, tellStep } from '#views/ratification/labels.ts'
import { Notice } from '#views/ui/badge.tsx'
import { PostButton } from '#views/ui/button.tsx'
import { askingAgain, Progress } from '#views/ui/progress.tsx'

type Props = { batch: Batch, step: BatchStep | undefined }

// Its archive has no rows to count.
const isPacking = ({ kind, cursor }: BatchStep) => kind === 'dispatch' && cursor === ''

// While the rows of a batch follow a decision the part asks for itself again; without script the link does.
export const StepPart = ({ batch: { id }, step }: Props) => {
  const href = `/batches/${id}`
  if (!step) return null
  if (step.finishedAt !== null) return <Notice tone="good"><p>{`${tellStep(step)} `}<a href={href}>Lihat langkah berikutnya</a></p></Notice>
  const { title, label } = STEPS[step.kind]
  if (step.problem !== null) {
    return (
      <Notice tone="warn" title={`${title}: terhenti`}>
        <p>{`${step.problem} Tidak ada yang hilang; lanjutkan setelah penyebabnya diatasi.`}</p>
        <PostButton action={`${href}/continuation`} tone="secondary">Lanjutkan</PostButton>
      </Notice>
    )
  }
  const value = step.done + step.passed
  return (
    <div id="langkah" aria-live="polite" {...askingAgain(`${href}/progress`)}>
      <Notice tone="info" title={title}>
        {isPacking(step) ? <p>Langkah 1 dari 2: arsip sedang dibuat.</p> : <Progress label={label} value={value} max={Math.max(step.total, value)} />}
        <p><a href={href}>Muat ulang</a> untuk melihat kemajuan. Anda boleh meninggalkan halaman ini.</p>
      </Notice>
    </div>
  )
}
