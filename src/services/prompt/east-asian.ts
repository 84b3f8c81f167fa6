/**
 * The Japanese, Chinese and Korean ways to state a number of pictures: `5枚の画像`, `画像を5枚`, `写真3枚`, `4张图片`,
 * `이미지 4장`. Pure.
 */
import { wordsOf } from './tokens.ts';

/** Count pictures first of all, then anything. */
const SHEETS = '枚張张幅';
const COUNTERS = 'つ個点コ个';
const NOUNS =
  wordsOf(`画像 写真 イラスト イメージ フォト ピクチャー ピクチャ ポスター ポートレート スケッチ デッサン 肖像 絵 図
  壁紙 図片 图片 圖片 图像 圖像 照片 相片 插画 插畫 插图 海报 海報 素描 草图 头像 頭像 壁纸 照 图 圖 画 畫 이미지 사진 그림
  일러스트 포스터 초상화 스케치 삽화`);
/** Other flat things: `5枚の花びら` is a flower, `三张桌子` are tables. */
const FLAT = wordsOf(
  `花びら 花弁 葉 皿 紙 羽 翼 窓 板 カード 切符 毛布 シャツ 桌 床 纸 紙 脸 臉 嘴 椅 沙发 票 卡 地图 唱片 饼 弓 网`,
);
/** Before a number: the pictures are in the picture. */
const HANGING = /(?:挂着|挂了|掛著|贴着|貼著|有|拿着|拿著|摆着|放着|拥有|벽에|壁に|部屋に)$/u;
/** After the pictures: likewise. */
const HANGS = /^(?:が(?:ある|飾|並|貼|掛|置|か)|(?:이|가)\s?(?:걸린|있는|붙은|놓인))/u;

const KANJI = '〇零一二三四五六七八九十百千两兩';
const KOREAN = new Map(
  wordsOf('한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두 열세 열네 열다섯').map((word, index) => [word, index + 1]),
);

const NUMBER = String.raw`(?<![0-9.,:／/第제])(?:-?[0-9]{1,6}|[${KANJI}]+|(?<!\p{L})(?:${[...KOREAN.keys()].toReversed().join('|')}))`;
const RANGE = String.raw`(?:(?<first>${NUMBER})\s?(?:[-~〜、]|から|到|至)\s?)?`;
const AFTER_NUMBER = String.raw`(?<unit>[${SHEETS}]|[${COUNTERS}]|장(?![가-힣])|장(?=[의을를이가은는만씩]|짜리|정도)|개|${NOUNS.join('|')})`;
const COUNTED = new RegExp(String.raw`${RANGE}(?<number>${NUMBER})\s?${AFTER_NUMBER}`, 'dgu');
const ASSIGNED = new RegExp(
  String.raw`(?:${NOUNS.join('|')})\s?[=:x×]\s?(?<number>[0-9]{1,9})(?=$|[\s、。,.!?;)])`,
  'dgu',
);
/** Ratios and sizes between a number and its noun: `2枚の1:1画像`. */
const RATIO = /[0-9]+\s?[:x×]\s?[0-9]+|[0-9]+[kKpP]\b/gu;
const NAMED = new RegExp(`(?:${NOUNS.join('|')})(?:[をはがもで:을를은는이가]|\\s)*$`, 'u');
const FLAT_BEFORE = new RegExp(`(?:${FLAT.join('|')})[がをはも]?$`, 'u');
const STARTS_FLAT = new RegExp(`^[の的]?(?:${FLAT.join('|')})`, 'u');
const NOUN = new RegExp(NOUNS.join('|'), 'u');
const CLAUSE = /^[^をは、。,.!?;:]{0,30}/u;

/** `五`, `十五`, `二十`, `一〇`, `열두` and figures as numbers. */
function valueOf(text: string): number {
  const korean = KOREAN.get(text);
  if (korean !== undefined) return korean;
  if (/[0-9]/u.test(text)) return Number(text);
  const digitOf = (character: string) => (/[两兩]/u.test(character) ? 2 : Math.max(0, KANJI.indexOf(character) - 1));
  if (!/[十百千]/u.test(text)) return Number(Array.from(text, digitOf).join(''));
  let total = 0;
  let digit = 0;
  for (const character of text) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[character];
    if (unit === undefined) digit = digitOf(character);
    else {
      total += Math.max(digit, 1) * unit;
      digit = 0;
    }
  }
  return total + digit;
}

/** Whether a counter after a number counts pictures, by the text on both sides of the two. */
function verdictOn(unit: string, before: string, after: string): 'stated' | 'possible' | 'none' {
  if (NOUNS.includes(unit) && /\p{Script=Latin}\s?$/u.test(before)) return 'none';
  if (NOUNS.includes(unit)) return /^[가-힣]/u.test(after) && !/^[을를은는도의만]/u.test(after) ? 'none' : 'stated';
  const sheets = SHEETS.includes(unit) || unit === '장';
  if (/^[目째]/u.test(after) || FLAT_BEFORE.test(before) || STARTS_FLAT.test(after)) return 'none';
  const clause = CLAUSE.exec(after)?.[0] ?? '';
  const noun = NOUN.exec(clause);
  const named = NAMED.test(before);
  if (!sheets && !named && !(noun !== null && /^[の的의]/u.test(after))) return 'none';
  const rest = noun === null || named ? after : clause.slice(noun.index + noun[0].length);
  if (HANGING.test(before.trimEnd()) || HANGS.test(rest)) return 'possible';
  if (named || noun !== null) return 'stated';
  // `5枚の` something that is no picture; `3张猫` may be three pictures of a cat.
  if (/^[の]/u.test(after)) return 'none';
  return unit === '枚' || unit === '幅' || !/^\p{Script=Han}/u.test(after) ? 'stated' : 'possible';
}

/** A number of pictures, or a range of them, and where it stands. */
export interface FoundInEastAsian {
  verdict: 'stated' | 'possible';
  /** Of a range the one next to what it counts first. */
  values: number[];
  from: number;
  to: number;
}

/** The numbers of pictures in a text that has been folded. */
export function findInEastAsian(folded: string): FoundInEastAsian[] {
  if (!/[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}]/u.test(folded)) return [];
  const found: FoundInEastAsian[] = [];
  const text = folded.replace(RATIO, (ratio) => ' '.repeat(ratio.length));
  for (const { index, 0: match, groups = {}, indices } of text.matchAll(COUNTED)) {
    const { first, number = '', unit = '' } = groups;
    const [from = 0, to = 0] = indices?.groups?.['number'] ?? [];
    const before = text.slice(Math.max(0, index - 30), index);
    const verdict = verdictOn(unit, before, text.slice(index + match.length, index + match.length + 40));
    if (verdict === 'none') continue;
    found.push({ verdict, values: [valueOf(number), ...(first === undefined ? [] : [valueOf(first)])], from, to });
  }
  for (const { groups = {}, indices } of text.matchAll(ASSIGNED)) {
    const [from = 0, to = 0] = indices?.groups?.['number'] ?? [];
    found.push({ verdict: 'stated', values: [valueOf(groups['number'] ?? '')], from, to });
  }
  return found;
}
