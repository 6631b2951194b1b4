from datetime import UTC, datetime
from generator.layout.pages import *
from generator.layout.pages import HEADER, FOOTER
from generator.pdf.document import DocumentInfo, write
from tests.pdf.standin import Face, piece

def test_thin(tmp_path, verapdf):
    f=Face(); b=Face("AtkinsonHyperlegible-Bold.ttf")
    link=Node("Link",[3])
    root=Node("Document",[Node("H1",[0]),Node("P",[1,link,2]),Node("Figure",[4],alt="a square",attributes={"placement":"Block"})])
    k=(0,0,0)
    page=Page(612,792,[
      Text(50,30,(piece(f,"Head",9),),k,HEADER),
      Box(40,60,500,100,fill=(.9,.95,1),widths=(1,1,1,4),colours=((0,0,0),(0,0,0),(0,0,0),(1,0,0)),radii=(6,6,6,6)),
      Text(50,100,(piece(b,"Title",20),),k,0),
      Text(50,130,(piece(f,"Hello "),),k,1),Text(90,130,(piece(f,"link"),),(0,0,.6),3),Text(50,145,(piece(f,"again"),),k,2),
      Drawing((Shape((("M",(0,0)),("L",(10,0)),("L",(10,10)),("Z",())),fill=(0,.5,0),stroke=(1,0,0)),),(5,0,0,5,100,300),4),
      Text(300,770,(piece(f,"1",9),),k,FOOTER),
    ],links=[Link(90,120,30,12,"https://example.org/","example.org",link)],label="1")
    pages=Pages([page],root,"en","Title",5,outline=[OutlineEntry(1,"Tïtle",0,80)])
    data=write(pages,DocumentInfo("Title & ü","en","handouts 0.1",datetime(2025,3,8,tzinfo=UTC),author="Me",subject="S",keywords=("a","b")))
    (tmp_path/"a.pdf").write_bytes(data); open("/tmp/a.pdf","wb").write(data)
    verapdf([tmp_path/"a.pdf"])
