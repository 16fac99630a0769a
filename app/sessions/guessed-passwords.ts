// What is tried first, here and elsewhere: words of which people make twelve signs by a year, a run of digits, or by saying them
// twice. Compared without the signs and digits around them, so that "Indonesia2026!!" is found by "indonesia".
const WORDS = new Set(`
password passw0rd p4ssword passwordku katasandi katasandiku katakunci rahasia rahasiaku rahasiabanget sandi sandiku qwerty qwertyuiop qwertyui
asdfghjkl zxcvbnm qazwsx qazwsxedc qwertyasdfgh asdfgh admin administrator root superadmin superuser operator operatordesa petugas
pendata pengawas pengesah koordinator user username login masuk selamatdatang selamat welcome letmein iloveyou monkey dragon football
baseball sunshine princess master shadow superman batman trustno michael computer internet samsung android changeme default guest test testing
indonesia indonesiaku indonesiaraya indonesiajaya indonesiamerdeka merdeka pancasila bhinneka garuda nusantara jakarta bandung surabaya yogyakarta jogja jogjakarta semarang
bantul sleman medan makassar palembang persib persija arema bismillah bismilah bismillahirrahmanirrahim alhamdulillah assalamualaikum
subhanallah astaghfirullah masyaallah insyaallah allahuakbar allah muhammad islam yesus tuhan tuhanyesus amin sayang sayangku sayangkamu cinta cintaku
cintakamu akucintakamu akusayangkamu ilovemom kamu akukamu anakku istriku suamiku ibuku ayahku mamaku papaku keluarga keluargaku
bahagia sukses suksesselalu semangat sehat sehatselalu rezeki barokah berkah bintang matahari bulan pelangi mawar melati kucing naga
doraemon naruto ganteng cantik jomblo gakadapassword tidaktahu tidakada lupalupa lupapassword lupakatasandi apaaja terserah siks siksng siksdroid siksdinsos dinsos
dinassosial kemensos pusdatin bansos bansossiks datakemiskinan dtks dtsen regsosek pkh sembako kelurahan kecamatan kabupaten balaidesa kantordesa pemdes
kepaladesa lurah bupati walikota menteri sosial kemiskinan datadesa desaku desakita
`.split(/\s+/).filter(Boolean))

const KEYS = ['0123456789'.repeat(3), 'abcdefghijklmnopqrstuvwxyz'.repeat(2), 'qwertyuiopasdfghjklzxcvbnm', 'qazwsxedcrfvtgbyhnujmikolp']
const RUNS = KEYS.flatMap((keys) => [keys, [...keys].reverse().join('')])

export function isGuessedFirst(password: string): boolean {
  const plain = password.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const parts = plain.split(/\d+/).filter(Boolean)
  return new Set(plain).size < 5 || isNumber(plain) || RUNS.some((run) => run.includes(plain))
    || parts.length > 0 && (parts.every((part) => isWord(part) || isRun(part)) || isTwoWords(parts.join('')))
}

// A date or a telephone number alone is soon counted through.
const isNumber = (plain: string) => /^\d{1,19}$/.test(plain)
const isWord = (letters: string) => WORDS.has(letters) || WORDS.has(shortest(letters))
const isRun = (letters: string) => letters.length > 5 && RUNS.some((run) => run.includes(letters))

// "adminsiks": two of these words, one after the other. Three that have nothing to do with each other are a good password.
const isTwoWords = (letters: string) => Array.from({ length: letters.length - 1 }, (_, i) => i + 1)
  .some((cut) => isWord(letters.slice(0, cut)) && isWord(letters.slice(cut)))

// "sayangsayang" is "sayang".
function shortest(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text) return text.slice(0, length)
  }
  return text
}
