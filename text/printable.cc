#include "reprise/text/printable.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "reprise/text/utf8.h"

namespace reprise {
namespace {

constexpr std::string_view kGap = "...";

// Code points, both ends included.
struct Range {
  uint32_t first;
  uint32_t last;
};

// Characters that are escaped although they are valid UTF-8. The joiners
// (U+200C, U+200D) are not among them: words and emojis need them.
constexpr Range kEscaped[] = {
    {0x00, 0x1f},        // Control characters.
    {0x7f, 0x9f},        // More of them.
    {0xad, 0xad},        // Soft hyphen.
    {0x061c, 0x061c},    // A mark of direction.
    {0x180e, 0x180e},    // Invisible.
    {0x200b, 0x200b},    // Invisible.
    {0x200e, 0x200f},    // Marks of direction.
    {0x2028, 0x202e},    // Line separators, overrides of the direction.
    {0x2060, 0x206f},    // Invisible, isolates of the direction.
    {0xfeff, 0xfeff},    // Byte order mark.
    {0xfff9, 0xfffb},    // Annotations.
    {0xe0000, 0xe007f},  // Invisible tags.
};

// Characters of no width: combining marks, joiners, selectors of variants.
constexpr Range kZeroWidth[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd},   {0x05bf, 0x05bf},
    {0x05c1, 0x05c2}, {0x05c4, 0x05c5}, {0x05c7, 0x05c7},   {0x0610, 0x061a},
    {0x064b, 0x065f}, {0x0670, 0x0670}, {0x06d6, 0x06dc},   {0x06df, 0x06e4},
    {0x06e7, 0x06e8}, {0x06ea, 0x06ed}, {0x0900, 0x0902},   {0x093a, 0x093a},
    {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d},   {0x0e31, 0x0e31},
    {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff},   {0x1dc0, 0x1dff},
    {0x200c, 0x200d}, {0x20d0, 0x20f0}, {0x302a, 0x302d},   {0x3099, 0x309a},
    {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0x1f3fb, 0x1f3ff}, {0xe0100, 0xe01ef},
};

// Characters of two columns: the wide ones of Unicode's East Asian widths, in
// ranges that are rounded to blocks.
constexpr Range kWide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},
    {0x23f0, 0x23f0},   {0x23f3, 0x23f3},   {0x25fd, 0x25fe},
    {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267f, 0x267f},
    {0x2693, 0x2693},   {0x26a1, 0x26a1},   {0x26aa, 0x26ab},
    {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},
    {0x26d4, 0x26d4},   {0x26ea, 0x26ea},   {0x26f2, 0x26f3},
    {0x26f5, 0x26f5},   {0x26fa, 0x26fa},   {0x26fd, 0x26fd},
    {0x2705, 0x2705},   {0x270a, 0x270b},   {0x2728, 0x2728},
    {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27b0, 0x27b0},
    {0x27bf, 0x27bf},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},
    {0x2b55, 0x2b55},   {0x2e80, 0x303e},   {0x3041, 0x4dbf},
    {0x4e00, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
    {0xffe0, 0xffe6},   {0x16fe0, 0x18cff}, {0x1b000, 0x1b2ff},
    {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
    {0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335},
    {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca},
    {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4},
    {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
    {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567},
    {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4},
    {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc},
    {0x1f6d0, 0x1f6d2}, {0x1f6d5, 0x1f6df}, {0x1f6eb, 0x1f6ec},
    {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7f0}, {0x1f90c, 0x1f93a},
    {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff}, {0x1fa70, 0x1faff},
    {0x20000, 0x3fffd},
};

// Requires that `ranges` ascend.
template <size_t kCount>
constexpr bool IsIn(const Range (&ranges)[kCount], uint32_t code_point) {
  const Range* range = std::lower_bound(
      std::begin(ranges), std::end(ranges), code_point,
      [](const Range& a, uint32_t value) { return a.last < value; });
  return range != std::end(ranges) && range->first <= code_point;
}

template <size_t kCount>
constexpr bool Ascend(const Range (&ranges)[kCount]) {
  for (size_t i = 0; i < kCount; ++i) {
    if (ranges[i].first > ranges[i].last) return false;
    if (i > 0 && ranges[i - 1].last >= ranges[i].first) return false;
  }
  return true;
}
static_assert(Ascend(kEscaped) && Ascend(kZeroWidth) && Ascend(kWide));

bool IsPlainAscii(char c) { return c >= 0x20 && c < 0x7f; }

// The bytes of the first character; of what is no UTF-8, one.
size_t CharacterSize(std::string_view bytes) {
  return std::max(size_t{1}, Utf8SequenceLength(bytes));
}

size_t LastCharacterSize(std::string_view bytes) {
  for (size_t size = 2; size <= std::min(bytes.size(), size_t{4}); ++size) {
    const std::string_view last = bytes.substr(bytes.size() - size);
    if (Utf8SequenceLength(last) == size) return size;
  }
  return 1;
}

// The size of the first `count` characters.
size_t SizeOfFirst(std::string_view bytes, size_t count) {
  size_t size = 0;
  for (; count > 0 && size < bytes.size(); --count) {
    size += CharacterSize(bytes.substr(size));
  }
  return size;
}

size_t SizeOfLast(std::string_view bytes, size_t count) {
  size_t size = 0;
  for (; count > 0 && size < bytes.size(); --count) {
    size += LastCharacterSize(bytes.substr(0, bytes.size() - size));
  }
  return size;
}

void AppendEscaped(std::string_view bytes, std::string& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : bytes) {
    switch (c) {
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\t':
        text += "\\t";
        break;
      default:
        text += "\\x";
        text += kDigits[static_cast<unsigned char>(c) >> 4];
        text += kDigits[static_cast<unsigned char>(c) & 0xf];
    }
  }
}

void AppendPrintable(std::string_view bytes, std::string& text) {
  while (!bytes.empty()) {
    const auto plain =
        std::find_if_not(bytes.begin(), bytes.end(), IsPlainAscii);
    text.append(bytes.begin(), plain);
    bytes.remove_prefix(plain - bytes.begin());
    if (bytes.empty()) return;
    const size_t length = Utf8SequenceLength(bytes);
    const std::string_view character =
        bytes.substr(0, std::max(size_t{1}, length));
    if (length == 0 || IsIn(kEscaped, DecodeUtf8(character))) {
      AppendEscaped(character, text);
    } else {
      text += character;
    }
    bytes.remove_prefix(character.size());
  }
}

size_t ColumnsOfCharacter(std::string_view character) {
  if (character.size() == 1) return 1;
  const uint32_t code_point = DecodeUtf8(character);
  if (IsIn(kZeroWidth, code_point)) return 0;
  return IsIn(kWide, code_point) ? 2 : 1;
}

// The size of the longest beginning of `text` that fits.
size_t SizeOfFirstColumns(std::string_view text, size_t columns) {
  size_t size = 0;
  while (size < text.size()) {
    const size_t next = CharacterSize(text.substr(size));
    const size_t width = ColumnsOfCharacter(text.substr(size, next));
    if (width > columns) break;
    columns -= width;
    size += next;
  }
  return size;
}

size_t SizeOfLastColumns(std::string_view text, size_t columns) {
  size_t size = 0;
  while (size < text.size()) {
    const std::string_view rest = text.substr(0, text.size() - size);
    const size_t next = LastCharacterSize(rest);
    const size_t width = ColumnsOfCharacter(rest.substr(rest.size() - next));
    if (width > columns) break;
    columns -= width;
    size += next;
  }
  return size;
}

}  // namespace

std::string Printable(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  AppendPrintable(bytes, text);
  return text;
}

std::string Escape(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (;;) {
    const size_t mark = std::min(bytes.find_first_of("\"\\"), bytes.size());
    AppendPrintable(bytes.substr(0, mark), text);
    if (mark == bytes.size()) return text;
    text += '\\';
    text += bytes[mark];
    bytes.remove_prefix(mark + 1);
  }
}

std::string Quote(std::string_view bytes, size_t most) {
  const size_t whole = SizeOfFirst(bytes, most);
  if (whole == bytes.size()) return '"' + Escape(bytes) + '"';
  const size_t shown = most - std::min(most, kGap.size());
  const size_t tail = shown / 3;
  std::string text = "\"";
  text += Escape(FirstCharacters(bytes, shown - tail));
  text += kGap;
  text += Escape(LastCharacters(bytes, tail));
  text += "\" (" + std::to_string(bytes.size()) + " bytes)";
  return text;
}

std::string_view FirstCharacters(std::string_view bytes, size_t most) {
  return bytes.substr(0, SizeOfFirst(bytes, most));
}

std::string_view LastCharacters(std::string_view bytes, size_t most) {
  return bytes.substr(bytes.size() - SizeOfLast(bytes, most));
}

size_t ColumnsOf(std::string_view text) {
  size_t columns = 0;
  while (!text.empty()) {
    const size_t size = CharacterSize(text);
    columns += ColumnsOfCharacter(text.substr(0, size));
    text.remove_prefix(size);
  }
  return columns;
}

std::string FitColumns(std::string_view text, size_t most, size_t tail) {
  if (ColumnsOf(text) <= most) return std::string(text);
  const size_t first = SizeOfFirstColumns(text, most - tail - kGap.size());
  std::string fitted(text.substr(0, first));
  fitted += kGap;
  fitted += text.substr(text.size() - SizeOfLastColumns(text, tail));
  return fitted;
}

void PadColumns(std::string& text, size_t columns) {
  const size_t width = ColumnsOf(text);
  if (width < columns) text.append(columns - width, ' ');
}

}  // namespace reprise
