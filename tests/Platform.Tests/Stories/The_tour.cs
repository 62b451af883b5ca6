using System.Diagnostics;
using Aspire.Hosting.Testing;
using Delegation.Platform.Tests.Code;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>docs/tour.sh, which checks each of its steps itself, on the running platform.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class The_tour(RunningPlatform platform)
{
    [PlatformFact]
    public async Task Goes_from_two_strangers_to_the_launch_of_a_project()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Here.Root, "docs", "tour.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PLATFORM_REST"] = Address("gateway"),
                ["PLATFORM_ISSUER"] = Address("identity"),
                ["DEMO_SECRET"] = DemoUser.Secret,
            },
        };

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var tour = Process.Start(start)!;
        var (told, wrong) = (tour.StandardOutput.ReadToEndAsync(limit.Token), tour.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await tour.WaitForExitAsync(limit.Token);
        }
        finally
        {
            tour.Kill(entireProcessTree: true);
        }

        Assert.True(tour.ExitCode == 0, $"{await told}\n{await wrong}");
        Assert.Contains("Done.", await told, StringComparison.Ordinal);
        Assert.DoesNotContain(DemoUser.Secret, await told, StringComparison.Ordinal);
    }

    private string Address(string resource) => platform.Application.GetEndpoint(resource, "http").ToString().TrimEnd('/');
}
