#pragma once

#include <zlib.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

/// Only for tests: files as people send them, and as those who mean harm do.
namespace birge::files::testing {

inline std::string decoded(std::string_view base64) {
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (char const c : base64) {
    auto const digit = digits.find(c);
    if (digit == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<unsigned>(digit);
    if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 255);
  }
  return out;
}

/// Pictures of 64 x 48 pixels with the maker SecretCam and a place in their EXIF data; the JPEG lies on its side (orientation 6).
inline std::string jpeg() {
  return decoded(
      "/9j/4QB6RXhpZgAASUkqAAgAAAADAA8BAgAKAAAAMgAAABIBAwABAAAABgAAACWIBAABAAAAPAAAAAAAAABTZWNyZXRDYW0AAgABAAIAAgAAAE4AAAACAAUAAwAAAFoAAAAAAAAAKQAA"
      "AAEAAAAZAAAAAQAAAB4AAAABAAAA//4AEFNlY3JldENvbW1lbnQh/+EAvEV4aWYAAElJKgAIAAAABgASAQMAAQAAAAEAAAAaAQUAAQAAAFYAAAAbAQUAAQAAAF4AAAAoAQMAAQAAAAIA"
      "AAATAgMAAQAAAAEAAABphwQAAQAAAGYAAAAAAAAAOGMAAOgDAAA4YwAA6AMAAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAABA"
      "AAAAA6AEAAEAAAAwAAAAAAAAAP/bAEMABgQFBgUEBgYFBgcHBggKEAoKCQkKFA4PDBAXFBgYFxQWFhodJR8aGyMcFhYgLCAjJicpKikZHy0wLSgwJSgpKP/bAEMBBwcHCggKEwoKEyga"
      "FhooKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKP/AABEIADAAQAMBIgACEQEDEQH/xAAfAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgv/"
      "xAC1EAACAQMDAgQDBQUEBAAAAX0BAgMABBEFEiExQQYTUWEHInEUMoGRoQgjQrHBFVLR8CQzYnKCCQoWFxgZGiUmJygpKjQ1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2"
      "d3h5eoOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4eLj5OXm5+jp6vHy8/T19vf4+fr/xAAfAQADAQEBAQEBAQEBAAAAAAAAAQIDBAUG"
      "BwgJCgv/xAC1EQACAQIEBAMEBwUEBAABAncAAQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZn"
      "aGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2dri4+Tl5ufo6ery8/T19vf4+fr/2gAMAwEAAhEDEQA/AMaiiivhj9KC"
      "iiigAooooAKKKKACiiigAooooAKKKKACiiigAooooAKKKKACiiigAooooA//2Q==");
}
inline std::string png() {
  return decoded(
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAA9GVYSWZJSSoACAAAAAcADwECAAoAAABiAAAAEgEDAAEAAAAGAAAAGgEFAAEAAABsAAAAGwEFAAEAAAB0AAAAKAEDAAEA"
      "AAACAAAAaYcEAAEAAAB8AAAAJYgEAAEAAAC+AAAAAAAAAFNlY3JldENhbQBIAAAAAQAAAEgAAAABAAAABQAAkAcABAAAADAyMTAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAA"
      "AEAAAAADoAQAAQAAADAAAAAAAAAAAgABAAIAAgAAAE4AAAACAAUAAwAAANwAAAAAAAAAKQAAAAEAAAAZAAAAAQAAAB4AAAABAAAAhS7QxwAAAAlwSFlzAAALEwAACxMBAJqcGAAAAGRJ"
      "REFUaIHtz1EJACAUwMAXwmDGNpYh/DiEwQLc5uz1dcMFDWhBA1rQgBY0oAUNaEEDWtCAFjSgBQ1oQQNa0IAWNKAFDWhBA1rQgBY0oAUNaEEDWtCAFjSgBQ1oQQNa0IAWPHYB/igQ0xB4"
      "HFsAAAD0ZVhJZklJKgAIAAAABwAPAQIACgAAAGIAAAASAQMAAQAAAAYAAAAaAQUAAQAAAGwAAAAbAQUAAQAAAHQAAAAoAQMAAQAAAAIAAABphwQAAQAAAHwAAAAliAQAAQAAAL4AAAAA"
      "AAAAU2VjcmV0Q2FtAEgAAAABAAAASAAAAAEAAAAFAACQBwAEAAAAMDIxMACgBwAEAAAAMDEwMAGgAwABAAAA//8AAAKgBAABAAAAQAAAAAOgBAABAAAAMAAAAAAAAAACAAEAAgACAAAA"
      "TgAAAAIABQADAAAA3AAAAAAAAAApAAAAAQAAABkAAAABAAAAHgAAAAEAAACFLtDHAAAAAElFTkSuQmCC");
}
inline std::string webp() {
  return decoded(
      "UklGRmABAABXRUJQVlA4WAoAAAAIAAAAPwAALwAAVlA4IEAAAADQAwCdASpAADAAPpFIoEwlpCMiIqgAsBIJZwB2APwAAC3hCR9Y8MAA/uC5f//hVuGIZqv//lnz+GzqCi8AAAAARVhJ"
      "RvoAAABFeGlmAABJSSoACAAAAAcADwECAAoAAABiAAAAEgEDAAEAAAAGAAAAGgEFAAEAAABsAAAAGwEFAAEAAAB0AAAAKAEDAAEAAAACAAAAaYcEAAEAAAB8AAAAJYgEAAEAAAC+AAAA"
      "AAAAAFNlY3JldENhbQBIAAAAAQAAAEgAAAABAAAABQAAkAcABAAAADAyMTAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAAEAAAAADoAQAAQAAADAAAAAAAAAAAgABAAIAAgAA"
      "AE4AAAACAAUAAwAAANwAAAAAAAAAKQAAAAEAAAAZAAAAAQAAAB4AAAABAAAA");
}
inline std::string heic() {
  return decoded(
      "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAeRtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAA"
      "AExpbG9jAQAAAERAAAMAAQAAAAAAAAIIAAEAAAAAAAAAHQACAAEAAAAAAAAAAQAAAAAAAAAIAAMAAAAAAAACJQABAAAAAAAAAP4AAABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQABAABo"
      "dmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQADAABFeGlmAAAAANhpcHJwAAAAtmlwY28AAAB2aHZjQwEDcAAAAAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8D"
      "cAAAAwCQAAADAAADAB66AkAhAAEAKkIBAQNwAAADAJAAAAMAAAMAHqAggQWW6uSmubgQEDAgAAADACAAAAMAISIAAQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNwZQAA"
      "AAAAAABAAAAAMAAAABBwaXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAAChpcmVmAAAAAAAAAA5kaW1nAAIAAQABAAAADmNkc2MAAwABAAIAAAEjbWRhdAAAABko"
      "Aa8TgPgQ4af/9VqP/7QXPD6lGL86KQz4AAAABkV4aWYAAElJKgAIAAAABwAPAQIACgAAAGIAAAASAQMAAQAAAAYAAAAaAQUAAQAAAGwAAAAbAQUAAQAAAHQAAAAoAQMAAQAAAAIAAABp"
      "hwQAAQAAAHwAAAAliAQAAQAAAL4AAAAAAAAAU2VjcmV0Q2FtAEgAAAABAAAASAAAAAEAAAAFAACQBwAEAAAAMDIxMACgBwAEAAAAMDEwMAGgAwABAAAA//8AAAKgBAABAAAAQAAAAAOg"
      "BAABAAAAMAAAAAAAAAACAAEAAgACAAAATgAAAAIABQADAAAA3AAAAAAAAAApAAAAAQAAABkAAAABAAAAHgAAAAEAAAA=");
}

/// The same bytes many times, packed by zlib.
inline std::string packed(std::string const& bytes, unsigned times) {
  z_stream stream{};
  ::deflateInit(&stream, 1);
  std::string out;
  char buffer[1 << 14];
  for (unsigned i = 0; i <= times; ++i) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = i < times ? static_cast<uInt>(bytes.size()) : 0;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(buffer);
      stream.avail_out = sizeof buffer;
      ::deflate(&stream, i < times ? Z_NO_FLUSH : Z_FINISH);
      out.append(buffer, sizeof buffer - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  ::deflateEnd(&stream);
  return out;
}

/// A PNG that is all one colour, one bit a pixel: large to look at and small to send.
inline std::string blank_png(unsigned width, unsigned height) {
  auto const number = [](unsigned long value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255);
    return bytes;
  };
  auto const chunk = [&](std::string const& type, std::string const& data) {
    auto const body = type + data;
    return number(data.size()) + body + number(::crc32(0, reinterpret_cast<Bytef const*>(body.data()), static_cast<uInt>(body.size())));
  };
  auto const lines = packed(std::string((width + 7) / 8 + 1, '\0'), height);
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", number(width) + number(height) + std::string("\x01\0\0\0\0", 5)) + chunk("IDAT", lines) +
         chunk("IEND", "");
}

/// A PDF of these objects, numbered from 1; the first is the catalogue. `trailer` is what else the trailer says.
inline std::string pdf_of(std::vector<std::string> const& objects, std::string const& trailer = {}) {
  std::string out = "%PDF-1.7\n";
  std::string table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char entry[24];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
    table += entry;
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  auto const at = out.size();
  auto const size = std::to_string(objects.size() + 1);
  return out + "xref\n0 " + size + "\n" + table + "trailer\n<< /Size " + size + " /Root 1 0 R " + trailer + " >>\nstartxref\n" + std::to_string(at) +
         "\n%%EOF\n";
}
inline std::string stream_of(std::string const& dictionary, std::string const& content) {
  return "<< " + dictionary + " /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream";
}

/// One page that says Hello, and everywhere around it something that nobody should get: "Secret" and what runs.
inline std::string talkative_pdf() {
  return pdf_of(
      {("<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R /OpenAction 6 0 R /AA << /WC 6 0 R >> /Names << /JavaScript << /Names [(a) 6 0 R] >>"
        " /EmbeddedFiles << /Names [(f) 7 0 R] >> >> /AF [7 0 R] >>"),
       "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
       ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /XObject << /I 9 0 R >> >> /AA << /O 6 0 R >>"
        " /LastModified (D:20200101SecretDate) /PieceInfo << /Secret 1 >>"
        " /Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 7 0 R >>"
        " << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /JavaScript /JS (app.SecretAlert()) >> >>"
        " << /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (SecretAuthor) /Contents (Kept) >>] >>"),
       stream_of("", "% Hello"), stream_of("/Type /Metadata /Subtype /XML", "<x:xmpmeta>SecretXmp</x:xmpmeta>"),
       "<< /S /JavaScript /JS (app.SecretAlert()) >>", "<< /Type /Filespec /F (SecretName.txt) /EF << /F 8 0 R >> >>",
       stream_of("/Type /EmbeddedFile", "SecretFile"),
       stream_of("/Type /XObject /Subtype /Image /Width 64 /Height 48 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", jpeg()),
       "<< /Author (SecretAuthor) /Producer (SecretProgram) >>"},
      "/Info 10 0 R /ID [<5365637265744964> <5365637265744964>]");
}

}  // namespace birge::files::testing
