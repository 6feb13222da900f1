#!/usr/bin/env python3
"""What PDF/A asks of a file, read from its objects.

    archival.py FILE-OR-FOLDER…

preflight.py has PDF/A-1b from a validator; this holds for parts 2 and 3 as well, and for what we
promise beyond them: where a file comes from stands in its metadata and is explained there, and the
metadata and the information dictionary say the same.
"""
import multiprocessing
import re
import sys
from xml.etree import ElementTree

import pdf
from preflight import find_files

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "xieshang": "urn:xieshang:paper:1#",
}
CATALOG = {"/Type", "/Pages", "/Outlines", "/PageMode", "/PageLabels", "/Metadata", "/OutputIntents",
           "/ViewerPreferences", "/Lang", "/Names", "/AF"}
PAGE = {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/Group"}
IMAGE = {"/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter",
         "/Length", "/SMask", "/Mask", "/ImageMask"}
# Nothing of these may be anywhere in a file.
NEVER = re.compile(r'"/(JavaScript|JS|AA|OpenAction|Encrypt|LZWDecode|AcroForm|OCProperties|ExtGState'
                   r'|Shading|Pattern|Type3|PS|Alternates|OPI|Interpolate|XFA|Annots|TR|TR2|HTP)"')
IDENTIFIED = re.compile(rb"/ID \[ <([0-9A-F]{32})> <\1> \]")
INFO = {"/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description",
        "/Producer": "pdf:Producer", "/Creator": "xmp:CreatorTool",
        "/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}


class Facts:
    def __init__(self, file):
        self.file, self.problems = file, []
        root = ElementTree.fromstring(self.packet())
        self.properties = {}
        self.explained = {}
        for description in root.iter(f"{{{SPACES['rdf']}}}Description"):
            for element in description:
                space, name = element.tag[1:].split("}")
                prefix = next((p for p, s in SPACES.items() if s == space), None)
                self.properties[f"{prefix}:{name}"] = "".join(element.itertext()).strip()
        for li in root.iterfind(".//pdfaSchema:property/rdf:Seq/rdf:li", SPACES):
            part = {e.tag.split("}")[1]: e.text for e in li}
            self.explained[part["name"]] = part
        self.part = int(self.properties.get("pdfaid:part", 0))

    def packet(self):
        metadata = self.file.root["/Metadata"]
        dictionary, data = self.file.resolve(metadata), self.file.stream(metadata)
        self.need("/Filter" not in dictionary, "the metadata are packed")
        self.need(dictionary.get("/Subtype") == "/XML", "the metadata are no XML")
        head = re.match(rb'<\?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"\?>', data)
        self.need(head and data.endswith(b'<?xpacket end="r"?>\n'), "the packet has other marks")
        return data

    def need(self, holds, otherwise):
        if not holds:
            self.problems.append(otherwise)


def text(value):
    return value[2:] if isinstance(value, str) and value.startswith("u:") else value


def as_xmp_date(date):
    d = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\+08'00'", date)
    return d and f"{d[1]}-{d[2]}-{d[3]}T{d[4]}:{d[5]}:{d[6]}+08:00"


def check_whole(f):
    file = f.file
    whole = file.path.read_bytes()
    head = whole[:20]
    version = {1: b"%PDF-1.4\n%", 2: b"%PDF-1.7\n%", 3: b"%PDF-1.7\n%"}.get(f.part)
    f.need(version and head.startswith(version), f"part {f.part} with the header {head!r}")
    f.need(all(b > 127 for b in head[10:14]), "the header says the file is text")
    f.need(IDENTIFIED.search(whole), "the file has no ID of sixteen bytes")
    f.need(set(file.root) <= CATALOG, f"the catalog has {set(file.root) - CATALOG}")
    f.need(text(file.root.get("/Lang")) == "zh-CN", "the language of the document")
    f.need(file.resolve(file.root.get("/ViewerPreferences")) == {"/DisplayDocTitle": True},
           "preferences of the viewer")
    never = NEVER.search(str(file.objects).replace("'", '"'))
    f.need(not never, f"has {never and never[0]}")
    for dictionary, _ in file.streams():
        f.need(dictionary.get("/Filter", "/FlateDecode") == "/FlateDecode" and "/F" not in dictionary
               and "/DecodeParms" not in dictionary, f"a stream with {dictionary.get('/Filter')}")


def check_colors(f):
    intents = [f.file.resolve(i) for i in f.file.root.get("/OutputIntents", [])]
    f.need(len(intents) == 1, f"{len(intents)} output intents")
    for intent in intents:
        profile = f.file.resolve(intent["/DestOutputProfile"])
        data = f.file.stream(intent["/DestOutputProfile"])
        f.need(intent["/S"] == "/GTS_PDFA1" and intent.get("/OutputConditionIdentifier") == "u:sRGB"
               and profile["/N"] == 3, f"output intent {intent}")
        f.need(data[36:40] == b"acsp" and data[16:20] == b"RGB " and data[8] <= 2, "the profile")


def check_properties(f):
    info = {key: text(f.file.info.get(key)) for key in INFO}
    f.need(set(f.file.info) <= set(INFO), f"{set(f.file.info) - set(INFO)} in the information")
    for key, name in INFO.items():
        said = info[key]
        if key.endswith("Date"):
            said = said and as_xmp_date(said)
        f.need((said or None) == f.properties.get(name), f"{key} is {said}, {name} is "
                                                         f"{f.properties.get(name)}")
    f.need(info["/Title"], "no title")
    f.need(f.properties.get("dc:language") == "zh-CN", "dc:language")
    f.need(f.properties.get("pdfaid:conformance") == "B", "pdfaid:conformance")
    own = {n.split(":")[1]: v for n, v in f.properties.items() if n.startswith("xieshang:")}
    f.need(set(own) - {"Case", "Copy"} == {"Template", "TemplateVersion", "TemplateDigest"},
           f"origin {own}")
    f.need(re.fullmatch(r"[0-9a-f]{64}", own.get("TemplateDigest", "")), "digest of the template")
    f.need(set(own) == set(f.explained), f"explained are {set(f.explained)}")
    for part in f.explained.values():
        f.need(part["valueType"] == "Text" and part["category"] == "external" and part["description"],
               f"explained as {part}")
    unknown = [n for n in f.properties if n.startswith("None:") and n != "None:schemas"]
    f.need(not unknown, f"properties {unknown}")


def check_pages(f):
    resolve, transparent = f.file.resolve, False
    for number, page in enumerate(f.file.pages, 1):
        drawn = [resolve(page.images[name]) for kind, (name, *_) in
                 [d for d in page.drawn if d[0] == "image"]]
        masked = any("/SMask" in image for image in drawn)
        transparent |= masked
        group = resolve(page.value.get("/Group"))
        wanted = {"/S": "/Transparency", "/CS": "/DeviceRGB"} if masked and f.part else None
        f.need(group == wanted, f"page {number}: group {group}")
        f.need(set(page.value) <= PAGE, f"page {number}: {set(page.value) - PAGE}")
        f.need(set(resolve(page.value["/Resources"])) <= {"/Font", "/XObject"}, f"page {number}")
        for image in drawn:
            check_image(f, number, image)
    attached = "/AF" in f.file.root
    f.need(f.part == (3 if attached else 2 if transparent else 1),
           f"claims part {f.part}; transparent: {transparent}, attached: {attached}")


def check_image(f, number, image):
    mask = f.file.resolve(image.get("/SMask") or image.get("/Mask"))
    f.need(image["/Subtype"] == "/Image" and image["/ColorSpace"] in ("/DeviceRGB", "/DeviceGray")
           and image["/BitsPerComponent"] == 8 and set(image) <= IMAGE, f"page {number}: {image}")
    if "/SMask" in image:
        f.need(mask["/ColorSpace"] == "/DeviceGray" and set(mask) <= IMAGE - {"/SMask", "/Mask"},
               f"page {number}: soft mask {mask}")
    elif mask:
        f.need(mask["/ImageMask"] is True and mask["/BitsPerComponent"] == 1
               and "/ColorSpace" not in mask, f"page {number}: stencil {mask}")


def check_fonts(f):
    resolve = f.file.resolve
    names = {ref for page in f.file.pages for ref in
             resolve(resolve(page.value["/Resources"]).get("/Font", {})).values()}
    shown = {g.code for page in f.file.pages for g in page.glyphs()}
    f.need(0 not in shown, "the glyph for what a font lacks is shown")
    for name in sorted(names):
        font = resolve(name)
        cid = resolve(font["/DescendantFonts"][0])
        descriptor = resolve(cid["/FontDescriptor"])
        f.need(font["/Subtype"] == "/Type0" and font["/Encoding"] == "/Identity-H"
               and "/ToUnicode" in font, f"font {font}")
        f.need(re.fullmatch(r"/[A-Z]{6}\+\S+", font["/BaseFont"])
               and font["/BaseFont"] == cid["/BaseFont"] == descriptor["/FontName"], "font name")
        program = "/FontFile3" if cid["/Subtype"] == "/CIDFontType0" else "/FontFile2"
        f.need(program in descriptor and "/CIDSet" in descriptor, "font program")
        if program == "/FontFile2":
            f.need(cid.get("/CIDToGIDMap") == "/Identity", "CIDToGIDMap")
        if program in descriptor and "/CIDSet" in descriptor:
            check_cid_set(f, f.file.stream(descriptor["/CIDSet"]),
                          f.file.stream(descriptor[program]), f.file.font(name))


def check_cid_set(f, bits, program, font):
    """All glyphs of the program, no more; each that has a text is among them."""
    count = sum(bin(b).count("1") for b in bits)
    full = b"\xff" * (count // 8) + (bytes([0xff00 >> count % 8 & 0xff]) if count % 8 else b"")
    f.need(bits == full, "CIDSet has gaps")
    f.need(max(font["text"], default=0) < count, "CIDSet is short")
    if program[:4] == b"\0\1\0\0":
        tables = {program[12 + 16 * i:16 + 16 * i]: int.from_bytes(program[20 + 16 * i:24 + 16 * i], "big")
                  for i in range(int.from_bytes(program[4:6], "big"))}
        f.need(int.from_bytes(program[tables[b"maxp"] + 4:tables[b"maxp"] + 6], "big") == count,
               "CIDSet is not as long as the font")


def check_attachments(f):
    resolve = f.file.resolve
    associated = resolve(f.file.root.get("/AF", []))
    names = resolve(resolve(f.file.root.get("/Names", {})).get("/EmbeddedFiles", {})).get("/Names", [])
    f.need(associated == names[1::2], "associated files are not the embedded ones")
    for reference in associated:
        specification = resolve(reference)
        embedded = resolve(specification["/EF"])
        stream = resolve(embedded["/F"])
        f.need(embedded["/F"] == embedded["/UF"] and specification["/F"] == specification["/UF"]
               and specification.get("/Desc") and specification["/AFRelationship"] == "/Source",
               f"attachment {specification}")
        f.need("/" in stream["/Subtype"][1:] and resolve(stream["/Params"]).get("/ModDate"),
               f"embedded file {stream}")


def check(path):
    f = Facts(pdf.File(path))
    for look in (check_whole, check_colors, check_properties, check_pages, check_fonts,
                 check_attachments):
        look(f)
    return [f"{path}: {p}" for p in f.problems]


def main():
    files = find_files(sys.argv[1:])
    with multiprocessing.Pool(2) as pool:
        problems = [p for found in pool.imap(check, files, 8) for p in found]
    for problem in problems[:60]:
        print(problem)
    print(f"{len(files)} files, {len(problems)} problems")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
