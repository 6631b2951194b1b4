"""The small words of each language, which lean on their neighbours; for `leaning`, which knows what that costs.

Frequent words of the closed classes (articles, prepositions, conjunctions, possessives, auxiliaries, negations; behind their word:
postpositions, particles, directions), as Universal Dependencies tags them (ADP, DET, CCONJ, SCONJ, AUX, PART; universaldependencies.org).
To teach another language, add it here.
"""

from __future__ import annotations

NEXT = {
    "en": """a an the my your his her its our their this these of to in on at by for with from about into onto over under between
        through without within as than and or nor but if when while because since until unless though although that who which
        whose how what why where i we they he she is are was were be been being am will would can could may might must should do does
        did has have had not no very too so""",
    "es": """el la los las un una unos unas lo al del de a en por para con sin sobre entre hasta desde hacia según contra tras ante
        bajo y e o u ni pero sino que si cuando como cómo qué quién donde dónde porque aunque mientras mi tu su mis tus sus
        nuestro nuestra nuestros nuestras este esta estos estas ese esa me te se le les nos es son está están era fue ha han no
        muy más""",
    "fr": """le la les un une des du de au aux à en dans sur sous par pour avec sans chez vers entre contre depuis pendant et ou ni
        mais car donc que qui quand si comme comment où quoi dont lorsque puisque mon ma mes ton ta tes son sa ses notre nos
        votre vos leur leurs ce cet cette ces je tu il elle on l’on nous vous ils elles se me te ne est sont a ont n’est c’est
        pas plus très""",
    "pt": """o a os as um uma uns umas ao à aos às do da dos das de em no na nos nas por pelo pela para com sem sobre entre até desde
        e ou nem mas que se quando como porque embora meu minha seu sua seus suas nosso nossa este esta é são está não muito
        mais""",
    "it": """il lo la i gli le un uno una al allo alla del dello della dei delle di a da in con su per tra fra nel nella sul sulla e
        o ma che se quando come perché mio mia tuo tua suo sua nostro nostra questo questa è sono non più molto si ci""",
    "de": """der die das den dem des ein eine einen einem einer eines von zu zum zur in im an am auf aus bei mit nach für über unter
        ohne durch gegen um und oder aber sondern wenn weil dass ob als wie mein meine dein deine sein seine ihr ihre unser
        unsere ist sind nicht sehr""",
    "ht": "yon la a nan pou ak avèk sou san pa de ki ke lè si men ou oswa epi mwen li nou yo se te ap pral",
    "vi": """và hoặc hay của cho với từ đến trong ngoài trên dưới ở tại về để khi nếu vì mà là các những một mỗi không chưa đang sẽ
        đã bị được hãy đừng rất cả như thì rằng bằng sự nỗi""",
    "ru": """в во на с со к ко о об обо от до из изо за у по под над при для без про через между перед около и а но или да что чтобы
        как когда если где куда ли не ни мой моя моё мои твой твоя твоё твои свой своя своё свои ваш ваша ваше ваши наш наша
        наше наши этот эта это эти""",
    "uk": """в у на з із зі до від за по під над при для без про через між перед і й та а але або що щоб як коли якщо де не ні мій
        моя моє мої твій твоя ваш ваша ваше ваші наш наша наше свій своя своє цей ця це ці""",
    "pl": """w we na z ze do od za po pod nad przy dla bez o przez między przed i a ale lub albo że żeby jak kiedy gdy jeśli gdzie
        nie mój moja moje twój twoja wasz nasz swój swoja ten ta to te się""",
    "ar": """في من إلى على عن مع بين أو أم ثم أن إن لا لم لن ما قد حتى إذا لكن التي الذي الذين هذا هذه عند عندما حين قبل بعد كل بلا
        يا هل كيف لماذا كن""",
    "hi": "और या कि अगर जब तो न नहीं मत एक यह वह ये वे मेरा मेरी मेरे आपका आपकी आपके अपना अपनी अपने बहुत सबसे",
    "ur": "اور یا کہ اگر جب تو نہ نہیں مت ایک یہ وہ میرا میری آپ اپنا اپنی اپنے بہت",
    "th": """ที่ ซึ่ง และ หรือ แต่ เพื่อ เพราะ ใน ของ ว่า จาก กับ ให้ เมื่อ หาก ถ้า โดย จึง จะ ไม่ ยัง กำลัง อาจ ต้อง ควร การ ความ
        ผู้ นัก คำ ทั้ง ทุก แม้ ก็ ถึง สำหรับ ถูก มี เป็น น่า ค่อย ยิ่ง บาง หลาย แห่ง อยาก คน สิ่ง เรื่อง ขอ ภาย ด้าน ตาม ต่อ""",
    "lo": """ທີ່ ແລະ ຫຼື ແຕ່ ເພື່ອ ເພາະ ໃນ ຂອງ ວ່າ ຈາກ ກັບ ໃຫ້ ເມື່ອ ຖ້າ ໂດຍ ຈຶ່ງ ຈະ ບໍ່ ຍັງ ກຳລັງ ອາດ ຕ້ອງ ຄວນ ການ ຄວາມ ຜູ້ ຄຳ ທັງ
        ທຸກ ເປັນ ມີ""",
    "km": """និង មិនទាន់ ឬ ប៉ុន្តែ ដើម្បី ព្រោះ ក្នុង នៃ ថា ពី ជាមួយ ឱ្យ ឲ្យ ពេល បើ ប្រសិន ដោយ នឹង មិន ការ ភាព សេចក្តី អ្នក ដែល នៅ ជា របស់
        មាន ត្រូវ អាច គ្រប់ ទាំង""",
    "my": "မ ဤ ထို ဒီ",
}
"""What is read with the word behind it."""
PREVIOUS = {
    "hi": """का की के को से में पर ने तक लिए साथ बाद द्वारा तरफ़ ही भी वाला वाली वाले है हैं हूँ हो था थी थे रहा रही रहे रहिए कीजिए
        दीजिए करें करना करने होना होने जैसा जैसे""",
    "ur": "کا کی کے کو سے میں پر نے تک لیے ساتھ بعد ہی بھی والا والی والے ہے ہیں ہوں ہو تھا تھی تھے رہا رہی رہے کریں کرنا کرنے",
    "ru": "ли же бы б",
    "uk": "же ж би б",
    "th": "ไป มา แล้ว อยู่ ไว้ ขึ้น ลง ออก ไหม นี้ นั้น เอง ด้วย กัน เลย อีก ได้ ใจ กว่า ดู อย่าง แรก",
    "lo": "ໄປ ມາ ແລ້ວ ຢູ່ ໄວ້ ຂຶ້ນ ລົງ ອອກ ນີ້ ນັ້ນ ເອງ ດ້ວຍ ກັນ ເລີຍ ອີກ ໄດ້ ໃຈ ບໍ",
    "km": "ទៅ មក ហើយ នេះ នោះ គ្នា បាន ទេ ផង ឡើង វិញ ចុះ ឯង",
    "my": "က ကို မှာ မှ နှင့် နဲ့ ၏ ရဲ့ သည် တယ် ပါ သော တဲ့ များ တွေ လည်း ပဲ ဖြင့် အတွက် တွင် ၌ ပြီး လို့ ရန် ဖို့",
}
"""What is read with the word before it."""
BOUND = {
    "th": """โดดเดี่ยว, รู้จัก, ไม่รู้จัก, ความช่วยเหลือ, ช่วยเหลือ, ใกล้ชิด, อยากรู้, น่ากลัว, เจ็บปวด, พ่ายแพ้, ที่แท้จริง,
        แท้จริง, แปลกหน้า, แปลกใจ, ส่วนตัว, เบื้องหลัง, ต่อต้าน, รับฟัง, พูดคุย, คำพูด, คำตอบ, คำแนะนำ, กำลังใจ, ตัดสินใจ,
        สักพัก, ปลายเปิด, ภายหลัง, ยอมแพ้, จนมุม, ป้องกันตัว, ความหมาย, เป้าหมาย, โต้แย้ง, เรียนรู้, เริ่มต้น, จุดเริ่มต้น,
        พรุ่งนี้, วันหยุด, วันรุ่งขึ้น, เห็นด้วย, เห็นคุณค่า, เดินเล่น, ทางเลือก, เกี่ยวกับ, ตื่นเต้น, เช่นกัน, ระยะยาว,
        คนเดียว, ตัวเอง, เมล็ดพันธุ์, สุขภาพจิต, รหัสผ่าน, ตรวจทาน, สายด่วน, รถพยาบาล, ดับเพลิง, ภาษาอังกฤษ, ข้าวเย็น, นักบำบัด,
        ไม่ได้ผล, ว่าที่นั่น, เรื่องราว, อย่างนั้น, ตรวจดู, มองข้าม, ปัดทิ้ง, ลบทิ้ง, ต่อไปนี้, ดังต่อไปนี้, เปิดใจ, แคร์ฟรี,
        เซาท์, นอร์ทแคโรไลนา, เซาท์แคโรไลนา, ก้าวแรก, ครั้งแรก, ตอนนี้, เหล่านี้, แบบนี้, ในขณะที่, การบำบัด, ความสัมพันธ์""",
    "vi": """an toàn, bao giờ, bắt đầu, bất cứ, bày tỏ, bạo hành, bạn đời, bảo vệ, bình tĩnh, bỏ cuộc, bỏ qua, cá nhân, cãi vã,
        cảm giác, cảm nhận, cảm thấy, cảnh sát, căn phòng, cặp đôi, câu chuyện, câu hỏi, chăm sóc, chấp nhận, che giấu, chia sẻ,
        chỗ dựa, chủ nhật, chuyên gia, chuyển biến, chúng ta, chúng tôi, chúng mình, chờ đợi, cô đơn, cố gắng, cởi mở,
        cùng nhau, cuối tuần, cứu hỏa, cứu thương, diễn ra, duy nhất, đào tạo, đằng sau, đầu tiên, để dành, đề tài, điện thoại,
        đính kèm, đồng ý, gay gắt, gần gũi, ghi chú, giá trị, giải quyết, giải thích, giúp đỡ, hạ thấp, hạt giống, hình dung,
        hoàn cảnh, hồi hộp, hôm sau, hy vọng, kế hoạch, kết thúc, khẩn cấp, khó khăn, không thể, khủng hoảng, kiểm soát,
        kiểm tra, làm gương, làm hại, lắng nghe, lời khuyên, lớn tiếng, lo lắng, lừa dối, lưu ý, lý do, lý lẽ, mật khẩu,
        mọi việc, mối quan hệ, mơ hồ, mở đầu, mục lục, mục tiêu, nâng đỡ, ngạc nhiên, ngày mai, ngần ngại, nguy hiểm, nhẹ nhàng,
        nhận định, nhận ra, nhu cầu, nỗi lo, nỗi sợ, nhỏ bé, phán xét, phiên bản, phớt lờ, quan hệ, quan tâm, quay lại,
        quyết định, riêng tư, rõ ràng, rối bời, sau này, sẵn lòng, sẵn sàng, sợ hãi, suy nghĩ, sức khỏe, sức nặng, tài liệu,
        tâm thần, thành thật, thay đổi, thay thế, thế nào, thông dịch viên, thời gian, thúc ép, thường xuyên, tiền bạc,
        tiểu bang, tin cậy, tìm hiểu, tình thương, tò mò, tổn thương, trách móc, tranh cãi, trả lời, trải qua, trị liệu,
        trò chuyện, trước đây, trước hết, trực tiếp, trực tuyến, tử tế, tự mình, tự vệ, từ chối, tưởng tượng, văn phòng, ví dụ,
        vì sao, xảy ra, xin chào, yên tĩnh, yếu đuối, ý tưởng, áo giáp, áp lực, coi trọng, dịch vụ, nói chuyện, nhất thiết,
        phần lớn, thật lòng, thật sự, người ấy, người ta, bắc carolina, nam carolina""",
}
"""What is one word to its readers: ICU's dictionary divides the Thai ones, the Vietnamese ones are written with a space."""
