/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/link_names.c - the names of link layers: protocols and hardware
 */
#include <linux/if_arp.h>
#include <linux/if_ether.h>

#include "audit/strace/parts.h"

#define ROW(name)                                                                        \
	{                                                                                \
		name, #name                                                              \
	}
#define NAMES(rows, unknown)                                                             \
	{                                                                                \
		rows, ARRAY_LEN(rows), unknown                                           \
	}

static const struct strace_name ethernet_protocols[] = {
	ROW(ETH_P_LOOP),      ROW(ETH_P_PUP),       ROW(ETH_P_PUPAT),
	ROW(ETH_P_TSN),       ROW(ETH_P_ERSPAN2),   ROW(ETH_P_IP),
	ROW(ETH_P_X25),       ROW(ETH_P_ARP),       ROW(ETH_P_BPQ),
	ROW(ETH_P_IEEEPUP),   ROW(ETH_P_IEEEPUPAT), ROW(ETH_P_BATMAN),
	ROW(ETH_P_DEC),       ROW(ETH_P_DNA_DL),    ROW(ETH_P_DNA_RC),
	ROW(ETH_P_DNA_RT),    ROW(ETH_P_LAT),       ROW(ETH_P_DIAG),
	ROW(ETH_P_CUST),      ROW(ETH_P_SCA),       ROW(ETH_P_TEB),
	ROW(ETH_P_RARP),      ROW(ETH_P_ATALK),     ROW(ETH_P_AARP),
	ROW(ETH_P_8021Q),     ROW(ETH_P_ERSPAN),    ROW(ETH_P_IPX),
	ROW(ETH_P_IPV6),      ROW(ETH_P_PAUSE),     ROW(ETH_P_SLOW),
	ROW(ETH_P_WCCP),      ROW(ETH_P_MPLS_UC),   ROW(ETH_P_MPLS_MC),
	ROW(ETH_P_ATMMPOA),   ROW(ETH_P_PPP_DISC),  ROW(ETH_P_PPP_SES),
	ROW(ETH_P_LINK_CTL),  ROW(ETH_P_ATMFATE),   ROW(ETH_P_PAE),
	ROW(ETH_P_PROFINET),  ROW(ETH_P_REALTEK),   ROW(ETH_P_AOE),
	ROW(ETH_P_ETHERCAT),  ROW(ETH_P_8021AD),    ROW(ETH_P_802_EX1),
	ROW(ETH_P_PREAUTH),   ROW(ETH_P_TIPC),      ROW(ETH_P_LLDP),
	ROW(ETH_P_MRP),       ROW(ETH_P_MACSEC),    ROW(ETH_P_8021AH),
	ROW(ETH_P_MVRP),      ROW(ETH_P_1588),      ROW(ETH_P_NCSI),
	ROW(ETH_P_PRP),       ROW(ETH_P_CFM),       ROW(ETH_P_FCOE),
	ROW(ETH_P_IBOE),      ROW(ETH_P_TDLS),      ROW(ETH_P_FIP),
	ROW(ETH_P_80221),     ROW(ETH_P_HSR),       ROW(ETH_P_NSH),
	ROW(ETH_P_LOOPBACK),  ROW(ETH_P_QINQ1),     ROW(ETH_P_QINQ2),
	ROW(ETH_P_QINQ3),     ROW(ETH_P_EDSA),      ROW(ETH_P_DSA_8021Q),
	ROW(ETH_P_DSA_A5PSW), ROW(ETH_P_IFE),       ROW(ETH_P_AF_IUCV),
	ROW(ETH_P_802_3),     ROW(ETH_P_AX25),      ROW(ETH_P_ALL),
	ROW(ETH_P_802_2),     ROW(ETH_P_SNAP),      ROW(ETH_P_DDCMP),
	ROW(ETH_P_WAN_PPP),   ROW(ETH_P_PPP_MP),    ROW(ETH_P_LOCALTALK),
	ROW(ETH_P_CAN),       ROW(ETH_P_CANFD),     ROW(ETH_P_CANXL),
	ROW(ETH_P_PPPTALK),   ROW(ETH_P_TR_802_2),  ROW(ETH_P_MOBITEX),
	ROW(ETH_P_CONTROL),   ROW(ETH_P_IRDA),      ROW(ETH_P_ECONET),
	ROW(ETH_P_HDLC),      ROW(ETH_P_ARCNET),    ROW(ETH_P_DSA),
	ROW(ETH_P_TRAILER),   ROW(ETH_P_PHONET),    ROW(ETH_P_IEEE802154),
	ROW(ETH_P_CAIF),      ROW(ETH_P_XDSA),      ROW(ETH_P_MAP),
	ROW(ETH_P_MCTP),
};

const struct strace_names strace_ethernet_protocols =
	NAMES(ethernet_protocols, "ETH_P_???");

static const struct strace_name hardware_types[] = {
	ROW(ARPHRD_NETROM),
	ROW(ARPHRD_ETHER),
	ROW(ARPHRD_EETHER),
	ROW(ARPHRD_AX25),
	ROW(ARPHRD_PRONET),
	ROW(ARPHRD_CHAOS),
	ROW(ARPHRD_IEEE802),
	ROW(ARPHRD_ARCNET),
	ROW(ARPHRD_APPLETLK),
	ROW(ARPHRD_DLCI),
	ROW(ARPHRD_ATM),
	ROW(ARPHRD_METRICOM),
	ROW(ARPHRD_IEEE1394),
	ROW(ARPHRD_EUI64),
	ROW(ARPHRD_INFINIBAND),
	ROW(ARPHRD_SLIP),
	ROW(ARPHRD_CSLIP),
	ROW(ARPHRD_SLIP6),
	ROW(ARPHRD_CSLIP6),
	ROW(ARPHRD_RSRVD),
	ROW(ARPHRD_ADAPT),
	ROW(ARPHRD_ROSE),
	ROW(ARPHRD_X25),
	ROW(ARPHRD_HWX25),
	ROW(ARPHRD_CAN),
	ROW(ARPHRD_MCTP),
	ROW(ARPHRD_PPP),
	ROW(ARPHRD_CISCO),
	ROW(ARPHRD_HDLC),
	ROW(ARPHRD_LAPB),
	ROW(ARPHRD_DDCMP),
	ROW(ARPHRD_RAWHDLC),
	ROW(ARPHRD_RAWIP),
	ROW(ARPHRD_TUNNEL),
	ROW(ARPHRD_TUNNEL6),
	ROW(ARPHRD_FRAD),
	ROW(ARPHRD_SKIP),
	ROW(ARPHRD_LOOPBACK),
	ROW(ARPHRD_LOCALTLK),
	ROW(ARPHRD_FDDI),
	ROW(ARPHRD_BIF),
	ROW(ARPHRD_SIT),
	ROW(ARPHRD_IPDDP),
	ROW(ARPHRD_IPGRE),
	ROW(ARPHRD_PIMREG),
	ROW(ARPHRD_HIPPI),
	ROW(ARPHRD_ASH),
	ROW(ARPHRD_ECONET),
	ROW(ARPHRD_IRDA),
	ROW(ARPHRD_FCPP),
	ROW(ARPHRD_FCAL),
	ROW(ARPHRD_FCPL),
	ROW(ARPHRD_FCFABRIC),
	ROW(ARPHRD_IEEE802_TR),
	ROW(ARPHRD_IEEE80211),
	ROW(ARPHRD_IEEE80211_PRISM),
	ROW(ARPHRD_IEEE80211_RADIOTAP),
	ROW(ARPHRD_IEEE802154),
	ROW(ARPHRD_IEEE802154_MONITOR),
	ROW(ARPHRD_PHONET),
	ROW(ARPHRD_PHONET_PIPE),
	ROW(ARPHRD_CAIF),
	ROW(ARPHRD_IP6GRE),
	ROW(ARPHRD_NETLINK),
	ROW(ARPHRD_6LOWPAN),
	ROW(ARPHRD_VSOCKMON),
	ROW(ARPHRD_VOID),
	ROW(ARPHRD_NONE),
};

const struct strace_names strace_hardware_types = NAMES(hardware_types, "ARPHRD_???");
