from django.urls import path

from delux.accounts.api import account_views as account
from delux.accounts.api import contact_views as contact
from delux.accounts.api import mail_views as mail
from delux.accounts.api import session_views as session
from delux.accounts.api import sign_in_views as sign_in

urlpatterns = [
    path("auth/register/", sign_in.RegisterView.as_view()),
    path("auth/login/", sign_in.LoginView.as_view()),
    path("auth/token/refresh/", sign_in.RefreshView.as_view()),
    path("auth/logout/", sign_in.LogoutView.as_view()),
    path("auth/providers/", sign_in.ProvidersView.as_view()),
    path("auth/social/google/start/", sign_in.GoogleStartView.as_view()),
    path("auth/social/google/", sign_in.GoogleView.as_view()),
    path("auth/code/", mail.CodeView.as_view()),
    path("auth/code/sign-in/", mail.CodeSignInView.as_view()),
    path("auth/password/forgotten/", mail.ForgottenPasswordView.as_view()),
    path("auth/password/reset/", mail.PasswordResetView.as_view()),
    path("auth/email/confirmation/", mail.ConfirmationView.as_view()),
    path("auth/email/confirm/", mail.ConfirmEmailView.as_view()),
    path("auth/me/", account.MeView.as_view()),
    path("auth/me/avatar/", account.AvatarView.as_view()),
    path("auth/me/phone/", contact.PhoneCodeView.as_view()),
    path("auth/me/phone/confirm/", contact.PhoneView.as_view()),
    path("auth/me/email/", contact.EmailCodeView.as_view()),
    path("auth/me/email/confirm/", contact.EmailView.as_view()),
    path("auth/sessions/", session.SessionsView.as_view()),
    path("auth/sessions/<int:session_id>/", session.SessionView.as_view()),
    path("auth/password/change/", account.PasswordView.as_view()),
    path("auth/organizer/", account.OrganizerView.as_view()),
    path("auth/organizer/logo/", account.OrganizerLogoView.as_view()),
    path("auth/addresses/", account.AddressesView.as_view()),
    path("auth/addresses/<int:address_id>/", account.AddressView.as_view()),
    path("organizers/<slug:slug>/", account.OrganizerPageView.as_view()),
]
