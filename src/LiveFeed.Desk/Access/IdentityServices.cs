using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.Desk;

/// <summary>Puts the accounts into a host: ASP.NET Core Identity on the archive.</summary>
internal static class IdentityServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<AccountStore>().AddSingleton<People>().AddSingleton<Invitations>().AddSingleton<Sessions>()
            .AddSingleton<SignInTries>().AddSingleton<SignInSteps>().AddScoped<Staff>();
        services.AddSingleton<IUserStore<Account>>(provider => provider.GetRequiredService<AccountStore>());
        services.AddIdentityCore<Account>(identity =>
        {
            // Names are people's, of any alphabet; passwords have rules of their own.
            identity.User.AllowedUserNameCharacters = "";
            identity.Password.RequiredLength = 1;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
        }).AddPasswordValidator<PasswordRules>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // One stands for both steps, and tells by itself whose it is.
            passkeys.UserVerificationRequirement = passkeys.ResidentKeyRequirement = "required";
            // Identity compares with the Origin header, which whoever passes on what a sister domain was shown can write as they like.
            passkeys.ValidateOrigin = shown => ValueTask.FromResult(!shown.CrossOrigin && shown.Origin == OwnForms.OriginOf(shown.HttpContext.Request));
        });
        // PBKDF2 with HMAC-SHA512: what the OWASP Password Storage Cheat Sheet asks for.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
        return services;
    }
}
