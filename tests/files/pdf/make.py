"""Makes the PDF files of this folder. The tests need only the files; this says where they come from.

Needs soffice, reportlab, fpdf2, pikepdf, pillow and the fonts wqy-zenhei and gbsn00lp. All texts are made up.
"""
import io, subprocess, tempfile
from datetime import datetime
from pathlib import Path

import pikepdf
from fpdf import FPDF
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import SimpleDocTemplate, Table

HERE = Path(__file__).parent
SONG_FILE = "/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf"
SONG, HEI = "AR PL SungtiL GB", "WenQuanYi Zen Hei"

TITLE = ["柳湾乡人民政府关于2024年度", "法治政府建设情况的报告"]
OPENING = "2024年，柳湾乡围绕全乡中心工作，把依法办事的要求落到每一个村、每一个窗口，较好地完成了全年任务。现将有关情况报告如下。"
LEARN = "全年组织乡理论学习中心组集中学法6次，班子成员轮流讲法治课4场，参加干部312人次。乡政府门口的电子屏每天滚动播放宪法和民法典条文，累计播放时长超过1200小时；12个村的宣传栏全部换新，发放《农村常用法律读本》2460册，基本做到户均一册。"
ENFORCE = "全乡有17人取得行政执法证件，配备执法记录仪8台、移动打印机3台，录音录像资料统一存放，保存期限不少于三年。全年共办理行政处罚案件9件，其中适用简易程序5件、普通程序4件，每一件普通程序案件都经过法制审核。对轻微违法的首次行为人，坚持先教育后处罚，当场说明理由、当场听取意见、当场开具责令改正通知书，全年作出不予处罚决定6件，跟踪回访6件，当事人都按期改正，没有一件引起复议或者诉讼，群众对执法工作的满意度比上一年提高了3.5个百分点。"
MEDIATE = "健全“网格员发现、村调委会先调、司法所兜底”的工作链条，全年排查矛盾纠纷187件，调解成功183件，成功率97.9%。"
PROBLEMS = "一是个别干部习惯凭经验办事；二是执法力量偏少，一名执法人员平均要负责3个村，巡查间隔长；三是普法形式较为单一。"
PLAN = "2025年，我乡将新增执法人员2名，把巡查周期缩短到每村每月一次；同时办好“板凳课堂”。"
ROWS = [
    ["项目", "单位", "2023年", "2024年"],
    ["行政处罚案件", "件", "7", "9"],
    ["调解矛盾纠纷（含村级调委会自行调解并已登记的）", "件", "166", "187"],
    ["法律咨询", "人次", "540", "618"],
]


def save(pdf, name, **options):
    pdf.save(HERE / name, compress_streams=True, **options)


def without_fonts(pdf):
    """Drops the font programs, which the reader never opens, to keep the file small."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in thing:
                    del thing[key]
    pdf.remove_unreferenced_resources()
    return pdf


def flat_odt(body, extra_styles="", size=16, header=True):
    furniture = "" if not header else (
        '<style:header><text:p text:style-name="Mid"><text:span text:style-name="Small">柳湾乡人民政府文件</text:span></text:p></style:header>'
        '<style:footer><text:p text:style-name="Mid">— <text:page-number text:select-page="current"/> —</text:p></style:footer>')
    font = lambda name: f'style:font-name="{name}" style:font-name-asian="{name}"'
    sized = lambda pt: f'fo:font-size="{pt}pt" style:font-size-asian="{pt}pt"'
    paragraph = lambda name, align, indent, face, pt: (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" '
        f'fo:text-indent="{indent}pt" fo:line-height="28pt"/><style:text-properties {font(face)} {sized(pt)}/></style:style>')
    declared = "".join(f'<style:font-face style:name="{name}" svg:font-family="\'{name}\'"/>' for name in (SONG, HEI))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f'<office:font-face-decls>{declared}</office:font-face-decls><office:styles>'
        f'<style:default-style style:family="paragraph"><style:text-properties {font(SONG)} {sized(size)} fo:language="zh" fo:country="CN"/></style:default-style>'
        '<style:style style:name="Footnote" style:family="paragraph" style:class="extra">'
        f'<style:text-properties {sized(10)}/></style:style></office:styles><office:automatic-styles>'
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
        'fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.8cm" fo:margin-right="2.6cm"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="1.2cm" fo:margin-bottom="1cm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="1.2cm" fo:margin-top="1cm"/></style:footer-style></style:page-layout>'
        + paragraph("Title", "center", 0, HEI, 22) + paragraph("Flush", "justify", 0, SONG, 16) + paragraph("Text", "justify", 32, SONG, 16)
        + paragraph("Head", "justify", 32, HEI, 16) + paragraph("Mid", "center", 0, SONG, 12) + paragraph("End", "end", 0, SONG, 16)
        + f'<style:style style:name="Small" style:family="text"><style:text-properties {sized(10)}/></style:style>'
        '<style:style style:name="Box" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
        + extra_styles + '</office:automatic-styles>'
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">{furniture}</style:master-page></office:master-styles>'
        f'<office:body><office:text>{body}</office:text></office:body></office:document>')


def libreoffice(name, body, drop_fonts):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.fodt"
        source.write_text(flat_odt(body), encoding="utf-8")
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, source], check=True, capture_output=True)
        pdf = pikepdf.open(Path(folder) / "report.pdf")
        save(without_fonts(pdf) if drop_fonts else pdf, name)


def report():
    p = lambda style, text: f'<text:p text:style-name="{style}">{text}</text:p>'
    cell = lambda text: f'<table:table-cell table:style-name="Box" office:value-type="string">{p("Mid", text)}</table:table-cell>'
    table = '<table:table table:name="T"><table:table-column table:number-columns-repeated="4"/>' + "".join(
        f'<table:table-row>{"".join(map(cell, row))}</table:table-row>' for row in ROWS) + '</table:table>'
    note = ('<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            '<text:p text:style-name="Footnote">数据截至2024年12月31日，由乡司法所统计。</text:p></text:note-body></text:note>')
    body = "".join(p("Title", line) for line in TITLE) + p("Flush", "青禾县人民政府：") + p("Text", OPENING)
    body += p("Head", "一、主要举措和成效") + p("Text", "（一）抓实学法用法") + p("Text", LEARN)
    body += p("Text", "（二）规范行政执法") + p("Text", ENFORCE) + p("Text", "（三）化解矛盾纠纷") + p("Text", MEDIATE + note) + table
    body += p("Head", "二、存在的不足和原因") + p("Text", PROBLEMS) + p("Head", "三、下一年度工作安排") + p("Text", PLAN)
    libreoffice("libreoffice.pdf", body + p("End", "柳湾乡人民政府") + p("End", "2025年1月15日"), True)


def predefined():
    """Non-embedded STSong-Light with UniGB-UCS2-H; two pages, no indent, a blank between paragraphs."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(HERE / "unigb-ucs2.pdf"), pagesize=A4, invariant=1)

    def draw(lines, number):
        y = 760
        for line in lines:
            page.setFont("STSong-Light", 14)
            page.drawString(80, y, line)
            y -= 36 if line.endswith(("。", "效", "题")) or len(line) < 20 else 22
        page.setFont("Helvetica", 9)
        page.drawCentredString(297, 40, f"{number}")
        page.showPage()

    def wrap(text):
        rows, width = [""], 0
        for char in text:
            width += pdfmetrics.stringWidth(char, "STSong-Light", 14)
            if width > 440 and char not in "，。、；：”":
                rows, width = rows + [""], pdfmetrics.stringWidth(char, "STSong-Light", 14)
            rows[-1] += char
        return rows

    first = ["一、主要举措和成效", *wrap(ENFORCE)]
    draw(first[:7], 1)
    draw(first[7:] + ["二、存在的问题", *wrap(PROBLEMS)], 2)
    page.save()
    save(pikepdf.open(HERE / "unigb-ucs2.pdf", allow_overwriting_input=True), "object-streams.pdf",
         object_stream_mode=pikepdf.ObjectStreamMode.generate)


def by_hand(name, fonts, content, media=(595, 842), **page):
    """A PDF of one page with these font dictionaries and this content."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=media)
    fonts = {key: pdf.make_indirect(make(pdf)) for key, make in fonts.items()}
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(**{key: font for key, font in fonts.items()}))
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    for key, value in page.items():
        pdf.pages[0].obj[f"/{key}"] = value
    save(pdf, name)


def cid_font(encoding, ordering="GB1"):
    def make(pdf):
        info = pikepdf.Dictionary(Registry=b"Adobe", Ordering=ordering.encode(), Supplement=2)
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=pikepdf.Name("/STSong-Light"), CIDSystemInfo=info,
            DW=1000, W=[1, 95, 500, 814, 939, 500],
            FontDescriptor=pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/STSong-Light"), Flags=4))
        return pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/STSong-Light"),
                                  Encoding=pikepdf.Name(f"/{encoding}"), DescendantFonts=[descendant])
    return make


def lines(texts, encoding, left=80, top=760, size=16, pitch=28):
    shown = []
    for row, text in enumerate(texts):
        indent = 0
        while text.startswith("　"):
            text, indent = text[1:], indent + size
        shown.append(f"BT /F1 {size} Tf 1 0 0 1 {left + indent} {top - row * pitch} Tm <{text.encode(encoding).hex()}> Tj ET")
    return "\n".join(shown)


WRAPPED = ["　　（一）规范执法。全乡有17人取得行政执法证件，",
           "配备执法记录仪8台，全年共办理行政处罚案件9件，其中",
           "普通程序4件，每一件都经过法制审核。",
           "　　（二）化解矛盾。排查矛盾纠纷187件，调解成功183",
           "件，成功率97.9%。"]


def narrow(*paragraphs):
    """Lines of fifteen characters, two digits as one."""
    rows = []
    for paragraph in paragraphs:
        rows, width = rows + ["　　"], 2
        for char in paragraph:
            width += 0.5 if char.isascii() else 1
            if width > 15 and char not in "，。":
                rows, width = rows + [""], 0.5 if char.isascii() else 1
            rows[-1] += char
    return rows


def hand_made():
    by_hand("gbk-euc.pdf", {"F1": cid_font("GBK-EUC-H")}, lines(WRAPPED, "gbk").encode())
    # The same page turned on its side, as landscape pages are.
    turned = "0 1 -1 0 595 0 cm\n" + lines(WRAPPED, "utf-16-be", left=60, top=500)
    by_hand("turned-utf16.pdf", {"F1": cid_font("UniGB-UTF16-H")}, turned.encode(), Rotate=90)
    # Two columns, the second drawn after the first; a title drawn twice to look bold; the figures drawn last.
    left = narrow("一是普法先行。全年举办讲座6场，发放读本2460册，户均一册以上，群众知法懂法。", "二是执法有据。每一件普通程序案件都经过法制审核，没有一件被复议纠错。")
    right = narrow("三是调解到村。排查纠纷187件，调解成功183件，矛盾不出乡村。", "四是公开到位。主动公开信息265条，答复申请公开3件，都在规定时间以内。")
    title = "工作简报"
    bold = "".join(f"BT /F1 22 Tf 1 0 0 1 {x} 790 Tm <{title.encode('utf-16-be').hex()}> Tj ET\n" for x in (253, 253.4))
    columns = bold + lines(left, "utf-16-be", 60, 740, 14, 24) + "\n" + lines(right, "utf-16-be", 330, 740, 14, 24)
    by_hand("columns.pdf", {"F1": cid_font("UniGB-UTF16-H")}, columns.encode())
    text, late, x = [], [], 80
    for char in "全年排查矛盾纠纷187件，调解成功183件，成功率97.9%。":
        width = 8 if char.isascii() else 16
        (late if char.isascii() else text).append(f"BT /F1 16 Tf 1 0 0 1 {x} 700 Tm <{char.encode('utf-16-be').hex()}> Tj ET")
        x += width
    by_hand("figures-last.pdf", {"F1": cid_font("UniGB-UTF16-H")}, "\n".join(text + late).encode())


def identity():
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2025, 1, 15))
    pdf.add_font("song", fname=SONG_FILE)
    pdf.add_page()
    pdf.set_margins(28, 37, 26)
    pdf.set_font("song", size=16)
    pdf.set_xy(28, 37)
    for paragraph in ["　　" + MEDIATE, "　　" + PLAN]:
        pdf.multi_cell(0, 10, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(HERE / "identity.pdf"))
    save(without_fonts(pikepdf.open(HERE / "identity.pdf", allow_overwriting_input=True)), "identity.pdf")


def tables():
    cells = [["指标", "完成情况", ""], ["", "上半年", "下半年"], ["办理案件（件）", "4", "5"], ["开展普法活动\n（场次）", "11", "15"]]
    ruled = Table(cells, colWidths=[120, 90, 90], style=[
        ("FONT", (0, 0), (-1, -1), "STSong-Light", 12), ("GRID", (0, 0), (-1, -1), 0.5, "black"), ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)),
        ("ALIGN", (0, 0), (-1, -1), "CENTER"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    plain = Table([["村名", "户数", "明白人"], ["上湾村", "312", "5"], ["下湾村", "287", "4"]], colWidths=[120, 90, 90],
                  style=[("FONT", (0, 0), (-1, -1), "STSong-Light", 12)], spaceBefore=30)
    SimpleDocTemplate(str(HERE / "tables.pdf"), pagesize=A4, invariant=1).build([ruled, plain])


def without_text():
    image = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(image)
    for row in range(30):
        draw.rectangle((80, 80 + row * 24, 540, 90 + row * 24), fill=60)
    page = canvas.Canvas(str(HERE / "scan.pdf"), pagesize=A4, invariant=1)
    for number in (1, 2):
        packed = io.BytesIO()
        image.save(packed, "PNG")
        from reportlab.lib.utils import ImageReader
        page.drawImage(ImageReader(packed), 0, 0, 210 * mm, 297 * mm)
        page.setFont("Helvetica", 9)
        page.drawString(290, 30, str(number))
        page.showPage()
    page.save()


def encrypted():
    for name, user in (("password.pdf", "1234"), ("print-only.pdf", "")):
        save(pikepdf.open(HERE / "gbk-euc.pdf"), name, encryption=pikepdf.Encryption(user=user, owner="5678", R=6))


report()
predefined()
hand_made()
identity()
tables()
without_text()
encrypted()
