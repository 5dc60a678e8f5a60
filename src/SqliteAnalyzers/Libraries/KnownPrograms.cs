namespace SqliteAnalyzers.Libraries;

/// <summary>Programs of which it is known that they are no worker of the one that starts them.</summary>
internal static class KnownPrograms
{
    /// <summary>They open a document, a folder or a web page.</summary>
    private static readonly HashSet<string> s_openers = Set(
        "explorer open xdg-open gnome-open kde-open wslview gio exo-open sensible-browser notepad notepad++ code gedit kate textedit wordpad mspaint "
        + "chrome google-chrome chromium msedge firefox iexplore safari opera brave control mmc");

    /// <summary>They run the command that they are given.</summary>
    private static readonly HashSet<string> s_shells = Set("cmd sh bash zsh dash ksh fish");

    /// <summary>Programs for media and documents, which others bring along and look for.</summary>
    private const string Bundled =
        "ffmpeg ffprobe ffplay mediainfo mkvmerge mkvextract handbrakecli yt-dlp youtube-dl vlc mpv mplayer sox lame flac magick exiftool tesseract "
        + "pandoc wkhtmltopdf gs soffice libreoffice qpdf pdftotext pdftoppm ";

    private static readonly HashSet<string> s_tools = Set(
        Bundled + "powershell pwsh wsl wscript cscript osascript git gh hg svn "
        + "taskkill tasklist kill pkill killall pgrep ps pidof lsof fuser where which whoami hostname uname sw_vers systeminfo wmic lscpu lspci lsusb nvidia-smi dxdiag "
        + "ipconfig ifconfig ip netsh netstat ss ping tracert traceroute nslookup dig arp curl wget ssh scp sftp ftp rsync telnet "
        + "tar zip unzip gzip gunzip 7z 7za 7zr rar unrar xcopy robocopy rm cp mv ln ls grep sed awk chmod chown attrib icacls takeown cacls du df mount umount diskpart fsutil "
        + "reg regedit regsvr32 rundll32 msiexec installutil sc net nssm systemctl journalctl loginctl launchctl schtasks crontab "
        + "shutdown reboot logoff pmset caffeinate xset xrandr xdotool wmctrl xprop pactl amixer notify-send zenity kdialog xclip xsel wl-copy pbcopy pbpaste espeak "
        + "dconf gsettings dbus-send busctl update-desktop-database xdg-mime xdg-settings plutil codesign openssl gpg certutil ssh-keygen sudo pkexec runas timeout sleep echo "
        + "winget choco scoop apt apt-get dpkg dnf yum rpm pacman snap flatpak brew npm npx yarn pnpm pip pip3 nuget msbuild make cmake gcc clang cargo mvn gradle "
        + "docker docker-compose podman kubectl helm terraform az azcopy aws gcloud gsutil rclone adb fastboot steam calc taskmgr bcdedit dism sfc cleanmgr eventvwr");

    /// <summary>Words that only a shell knows; a program may be called the same.</summary>
    private static readonly HashSet<string> s_builtins = Set(
        "start copy move del erase ren rename md mkdir rd rmdir mklink dir cd type cat head tail sort find touch stat sync true false set export env printenv date time ver "
        + "test read kill exit exec source call if for id at say service defaults printf pause assoc ftype vol");

    /// <summary>The commands of dotnet that run no program of the user's.</summary>
    private static readonly HashSet<string> s_dotnetCommands = Set("--version --info --list-sdks --list-runtimes build restore publish pack test clean new add remove list nuget tool workload sdk ef format msbuild dev-certs user-secrets");

    /// <summary>Their names, but for those too short to tell anything.</summary>
    public static IEnumerable<string> BundledNames => Bundled.Split(' ').Where(name => name.Length > 4);

    public static bool IsOpener(string program) => s_openers.Contains(program);

    public static bool IsShell(string program) => s_shells.Contains(program);

    public static bool IsBuiltin(string word) => s_builtins.Contains(word);

    /// <param name="program">The name of the program.</param>
    /// <param name="arguments">What it is given, as far as that is constant.</param>
    public static bool IsTool(string program, string arguments) =>
        s_tools.Contains(program)
        || arguments.Trim() is "--version" or "-version" or "-V" or "--help"
        || (program.Equals("dotnet", StringComparison.OrdinalIgnoreCase) && s_dotnetCommands.Contains(FirstWordOf(arguments)));

    public static string FirstWordOf(string command)
    {
        command = command.TrimStart();
        var quote = command.Length > 0 && command[0] is '"' or '\'' ? command[0] : ' ';
        var end = command.IndexOf(quote, quote == ' ' ? 0 : 1);
        return quote == ' ' ? (end < 0 ? command : command.Substring(0, end)) : (end < 0 ? command.Substring(1) : command.Substring(1, end - 1));
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
