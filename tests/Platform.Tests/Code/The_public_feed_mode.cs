using System.Diagnostics;
using System.Text.Json;

namespace Delegation.Platform.Tests.Code;

/// <summary>
/// -p:PublicFeed=true cannot be restored everywhere, but it can be evaluated: no project may then see a stand-in, and every
/// package it names has a version.
/// </summary>
public sealed class The_public_feed_mode
{
    // The AppHost itself is left out: evaluating it needs the Aspire SDK package. Its two conditional imports are checked below.
    public static TheoryData<string> Projects =>
    [
        .. Repository.Here.EndingWith(".csproj").Select(file => file.Key)
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal) && !path.StartsWith("src/StandIns/", StringComparison.Ordinal))
            .Append("ServiceDefaults/ServiceDefaults.csproj"),
    ];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_sees_real_packages_only(string project)
    {
        var items = Evaluate(project, "-p:PublicFeed=true");
        var references = Identities(items, "ProjectReference");
        var packages = Identities(items, "PackageReference");
        var versions = Identities(items, "PackageVersion");

        Assert.DoesNotContain(references, reference => reference.Contains("StandIns", StringComparison.Ordinal));
        Assert.All(packages, package => Assert.Contains(package, versions, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void In_the_default_mode_the_same_evaluation_does_find_stand_ins() =>
        Assert.Contains(
            Identities(Evaluate("ServiceDefaults/ServiceDefaults.csproj"), "ProjectReference"),
            reference => reference.Contains("StandIns", StringComparison.Ordinal));

    [Fact]
    public void The_app_host_imports_the_sdk_of_the_one_aspire_version_in_that_mode_only()
    {
        var project = Repository.Here.Files["AppHost/AppHost.csproj"];
        foreach (var part in new[] { "Sdk.props", "Sdk.targets" })
        {
            Assert.Contains(
                $"<Import Project=\"{part}\" Sdk=\"Aspire.AppHost.Sdk\" Version=\"$(AspireVersion)\" Condition=\"'$(PublicFeed)' == 'true'\" />",
                project,
                StringComparison.Ordinal);
        }
    }

    private static JsonElement Evaluate(string project, params string[] properties)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(Repository.Here.Root, project), "-getItem:PackageReference,ProjectReference,PackageVersion", .. properties])
        {
            RedirectStandardOutput = true,
        };
        using var msbuild = Process.Start(start)!;
        var output = msbuild.StandardOutput.ReadToEnd();
        Assert.True(msbuild.WaitForExit(TimeSpan.FromMinutes(1)) && msbuild.ExitCode == 0, output);
        return JsonDocument.Parse(output).RootElement.GetProperty("Items");
    }

    private static IEnumerable<string> Identities(JsonElement items, string name) =>
        items.GetProperty(name).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
}
