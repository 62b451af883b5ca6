using System.Globalization;

namespace Delegation.Gateway.Limits;

/// <summary>How much one may ask of the platform: the settings <c>Limits:*</c>, where 0 stands for no limit.</summary>
/// <param name="Window">What calls are counted over; the count then starts again.</param>
/// <param name="Person">Calls of a person.</param>
/// <param name="Organization">Calls of all people of an organisation.</param>
/// <param name="Address">Calls from an address with a token that is missing, or was not checked before.</param>
/// <param name="Open">Calls of a person at a time, streams included.</param>
internal sealed record LimitSettings(TimeSpan Window, int Person, int Organization, int Address, int Open)
{
    /// <exception cref="InvalidOperationException">A setting is not a whole number, or is negative, or the window is no time.</exception>
    public static LimitSettings From(IConfiguration configuration) => new(
        TimeSpan.FromSeconds(Number(configuration, "WindowSeconds", 10, least: 1)),
        Number(configuration, "Person", 1_000),
        Number(configuration, "Organization", 10_000),
        Number(configuration, "Address", 500),
        Number(configuration, "Open", 200));

    private static int Number(IConfiguration configuration, string name, int usual, int least = 0)
    {
        var text = configuration[$"Limits:{name}"];
        if (string.IsNullOrEmpty(text))
            return usual;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new InvalidOperationException($"The setting Limits:{name} is '{text}'; it must be a whole number from {least} on.");
    }
}
