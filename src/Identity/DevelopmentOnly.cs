namespace Delegation.Identity;

/// <summary>
/// Keeps this issuer out of any environment but Development. The list names what is allowed, not what is forbidden: a
/// "Staging" or a misspelt "Prod" would otherwise hand out tokens whose secrets lie in a developer's settings.
/// </summary>
internal static class DevelopmentOnly
{
    /// <summary>Says why on the error output and returns the exit code of the process.</summary>
    public static int Refuse(string environment)
    {
        Console.Error.WriteLine(
            $"identity: refused to start in environment '{environment}'. This issuer is for environment 'Development' only: its demo users "
            + "and keys protect nothing. Point the setting 'Authentication:Authority' of the platform at a real OpenID Connect issuer instead.");
        return 1;
    }
}
