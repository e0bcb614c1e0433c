"""The three roles and the other trades: packaged texts in, frozen classes out. Pure.

`profile` holds what a role is, `fit` fits it to one answer sheet, `content` what the documents hold beside,
`advert` the wording of adverts, `texts` all there is to translate.
All texts are English; they are said in the reader's language where they are shown.
"""
