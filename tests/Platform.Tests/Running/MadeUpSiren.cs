using System.Globalization;

namespace Delegation.Platform.Tests.Running;

/// <summary>SIRENs that are right by their check digit, and no other test's.</summary>
internal static class MadeUpSiren
{
    public static string Next()
    {
        var digits = Random.Shared.Next(10_000_000, 100_000_000).ToString(CultureInfo.InvariantCulture);
        var sum = digits.Reverse().Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 2 : 1)).Sum(weighed => weighed > 9 ? weighed - 9 : weighed);
        return $"{digits}{(10 - (sum % 10)) % 10}";
    }
}
